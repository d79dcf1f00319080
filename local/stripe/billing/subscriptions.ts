/** New subscriptions. */
import { randomId } from "../../storage/ids.ts";
import type { Account } from "../account.ts";
import { invalid } from "../errors.ts";
import type { Customer, Subscription } from "../wire.ts";
import { NO_CANCELLATION, withEndAt } from "./cancellation.ts";
import { requireCurrency } from "./customers.ts";
import { draftInvoice, finalizeInvoice } from "./invoices.ts";
import { itemList, makeItem, requireFittingItems, type NewItem } from "./items.ts";
import { periodLine, trialLine } from "./lines.ts";
import { defaultPaymentMethod, paymentMethodOf } from "./paymentMethods.ts";
import { payInvoice } from "./payment.ts";
import { nextPeriodEnd } from "./periods.ts";
import { amountOf } from "./prices.ts";
import { addSubscription, again } from "./subscriptionRecords.ts";

export type TrialSettings = NonNullable<Subscription["trial_settings"]>;

export interface NewSubscription {
  items: NewItem[];
  /** Seconds since 1970; null for no trial. */
  trialEnd: number | null;
  endAt?: "period_end" | number;
  metadata?: Record<string, string>;
  description?: string | null;
  defaultPaymentMethod?: string;
  missingPaymentMethod?: "cancel" | "create_invoice";
  /** Rather than to leave an incomplete subscription, make none. */
  errorIfIncomplete?: boolean;
}

/** Two years, Stripe's limit of a trial. In seconds. */
const MAX_TRIAL = 2 * 365 * 24 * 60 * 60;

/**
 * Subscribes a customer and charges the first period, unless there is a trial. A refused card leaves
 * an incomplete subscription. Throws 400 for what does not fit, 402 when asked to.
 */
export function createSubscription(
  account: Account,
  customer: Customer,
  input: NewSubscription,
): Subscription {
  requireFittingItems(input.items);
  const [first] = input.items as [NewItem];
  const now = account.time.now(customer.test_clock);
  requireCurrency(customer, first.price.currency);
  requireTrialEnd(input.trialEnd, now);
  const trialEnd = input.trialEnd !== null && input.trialEnd > now ? input.trialEnd : null;
  const anchor = trialEnd ?? now;
  const period = { start: now, end: trialEnd ?? nextPeriodEnd(now, first.price.recurring, now) };
  const id = randomId("sub");
  const method =
    input.defaultPaymentMethod === undefined
      ? null
      : paymentMethodOf(account, customer, input.defaultPaymentMethod, "default_payment_method").id;
  const items = input.items.map((item) => makeItem(id, item, period, now));
  const mustPay = trialEnd === null && items.some((item) => amountOf(item) > 0);
  const plain: Subscription = {
    id,
    object: "subscription",
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor: anchor,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: "included" }, type: "flexible" },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: NO_CANCELLATION,
    collection_method: "charge_automatically",
    created: now,
    currency: first.price.currency,
    customer: customer.id,
    customer_account: null,
    days_until_due: null,
    default_payment_method: method,
    default_source: null,
    default_tax_rates: [],
    description: input.description ?? null,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: "self" },
    },
    items: itemList(id, items),
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: input.metadata ?? {},
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: "off",
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: trialEnd ? "trialing" : mustPay ? "incomplete" : "active",
    test_clock: customer.test_clock ?? null,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: {
        billing_cycle_anchor: null,
        missing_payment_method: input.missingPaymentMethod ?? "create_invoice",
      },
    },
    trial_start: trialEnd ? now : null,
  };
  const planned =
    input.endAt === undefined ? plain : withEndAt(account, plain, endAfter(input.endAt, now));
  if (mustPay && !defaultPaymentMethod(account, customer, planned)) {
    throw invalid(
      "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.",
      { code: "resource_missing" },
    );
  }
  const lines = items.map((item) =>
    (trialEnd === null ? periodLine : trialLine)(account, planned, item, period),
  );
  const draft = draftInvoice(account, {
    customer,
    subscription: planned,
    reason: "subscription_create",
    lines,
    period: { start: now, end: now },
    finalizesAt: null,
  });
  const subscription = addSubscription(account, { ...planned, latest_invoice: draft.id });
  const refusal = payInvoice(account, finalizeInvoice(account, draft));
  if (refusal && input.errorIfIncomplete) throw refusal;
  return again(account, subscription);
}

/** The end of a planned cancellation. Throws 400 when it has passed. */
export function endAfter(end: "period_end" | number, now: number): "period_end" | number {
  if (end === "period_end" || end > now) return end;
  throw invalid("Invalid timestamp: must be an integer Unix timestamp in the future.", {
    param: "cancel_at",
  });
}

export function requireTrialEnd(trialEnd: number | null, now: number): void {
  if (trialEnd === null) return;
  if (trialEnd > now + MAX_TRIAL) {
    throw invalid("Invalid trial_end: a trial can be at most two years long.", {
      param: "trial_end",
    });
  }
  if (trialEnd < now) {
    throw invalid(
      "Invalid timestamp: can be no more than five years in the past and must be in the future for a trial.",
      { param: "trial_end" },
    );
  }
}
