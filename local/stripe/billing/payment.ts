/** Charging invoices, and what a success or a failure means for their subscription. */
import type { Account } from "../account.ts";
import { cardError, invalid, type StripeError } from "../errors.ts";
import type { Invoice, Subscription } from "../wire.ts";
import { cancelNow } from "./cancellation.ts";
import { clockOf, getCustomer } from "./customers.ts";
import { collectAt, saveInvoice, subscriptionOf } from "./invoices.ts";
import { charge, defaultPaymentMethod, paymentMethodOf } from "./paymentMethods.ts";
import { DAY, saveSubscription } from "./subscriptionRecords.ts";

const noPaymentMethod = (): StripeError =>
  cardError(
    "There is no `default_payment_method` set on this Customer or Invoice. Please set a `default_payment_method` prior to retrying payment.",
    "missing",
  );

export interface Payment {
  /** What to charge instead of the default payment method. */
  methodId?: string;
  /** Whether somebody asked for it, rather than the schedule. */
  byHand?: boolean;
}

/**
 * Charges an open invoice. Returns the bank's refusal, which leaves the invoice open and its
 * subscription past due, or null when it is paid. Throws 400 when it cannot be paid.
 */
export function payInvoice(
  account: Account,
  invoice: Invoice,
  { methodId, byHand = false }: Payment = {},
): StripeError | null {
  if (invoice.status === "paid")
    throw invalid("Invoice is already paid", { code: "invoice_already_paid" });
  if (invoice.status !== "open" && invoice.status !== "uncollectible") {
    throw invalid(`This invoice is ${String(invoice.status)} and cannot be paid.`);
  }
  if (invoice.amount_due === 0) {
    markPaid(account, invoice, false);
    return null;
  }
  const customer = getCustomer(account, invoice.customer ?? "", "customer");
  const method =
    methodId === undefined
      ? defaultPaymentMethod(account, customer, subscriptionOf(account, invoice))
      : paymentMethodOf(account, customer, methodId, "payment_method");
  const refusal = method ? charge(account, method) : noPaymentMethod();
  // Only the first attempt and those of the schedule count.
  const counts = !byHand || invoice.attempt_count === 0;
  if (!refusal) markPaid(account, invoice, counts);
  else if (counts) markFailed(account, invoice);
  else saveInvoice(account, invoice, "invoice.payment_failed");
  return refusal;
}

function markPaid(account: Account, invoice: Invoice, counts: boolean): void {
  const now = account.time.now(clockOf(account, invoice.customer));
  collectAt(account, invoice, null);
  saveInvoice(
    account,
    {
      ...invoice,
      amount_paid: invoice.amount_due,
      amount_remaining: 0,
      attempt_count: invoice.attempt_count + (counts ? 1 : 0),
      attempted: true,
      next_payment_attempt: null,
      status: "paid",
      status_transitions: { ...invoice.status_transitions, paid_at: now },
    },
    "invoice.paid",
    "invoice.payment_succeeded",
  );
  const subscription = subscriptionOf(account, invoice);
  if (!subscription || subscription.latest_invoice !== invoice.id) return;
  if (["incomplete", "past_due", "unpaid"].includes(subscription.status)) {
    saveSubscription(account, subscription, { ...subscription, status: "active" });
  }
}

function markFailed(account: Account, invoice: Invoice): void {
  const subscription = subscriptionOf(account, invoice);
  const retryAt = nextAttempt(account, invoice, subscription);
  collectAt(account, invoice, retryAt);
  saveInvoice(
    account,
    {
      ...invoice,
      attempt_count: invoice.attempt_count + 1,
      attempted: true,
      next_payment_attempt: retryAt,
    },
    "invoice.payment_failed",
    "invoice.updated",
  );
  if (!subscription || !["active", "past_due"].includes(subscription.status)) return;
  const { then } = account.store.settings.dunning;
  const isLast = retryAt === null && invoice.auto_advance === true;
  if (isLast && then === "cancel") {
    cancelNow(account, subscription, { reason: "payment_failed" });
  } else {
    const status = isLast && then === "unpaid" ? "unpaid" : "past_due";
    saveSubscription(account, subscription, { ...subscription, status });
  }
}

/** When the next attempt is due, or null after the last. A first payment is not tried again by itself. */
function nextAttempt(
  account: Account,
  invoice: Invoice,
  subscription: Subscription | undefined,
): number | null {
  if (!invoice.auto_advance || subscription?.status === "incomplete") return null;
  const days = account.store.settings.dunning.retry_days[invoice.attempt_count];
  if (days === undefined) return null;
  return account.time.now(clockOf(account, invoice.customer)) + days * DAY;
}
