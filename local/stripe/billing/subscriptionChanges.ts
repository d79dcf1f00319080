/** Changes of a subscription: other items, another trial, another end, with what that costs. */
import type { Account } from "../account.ts";
import { invalid, noSuch } from "../errors.ts";
import type { InvoiceLine, Subscription, SubscriptionItem } from "../wire.ts";
import { NO_CANCELLATION, withEndAt, type CancellationDetails } from "./cancellation.ts";
import { getCustomer, requireCurrency } from "./customers.ts";
import { draftInvoice, finalizeInvoice } from "./invoices.ts";
import { itemList, makeItem, requireFittingItems, withPeriod } from "./items.ts";
import { pendingLine, periodLine, trialLine } from "./lines.ts";
import { payInvoice } from "./payment.ts";
import { nextPeriodEnd, type Period } from "./periods.ts";
import { amountOf, intervalOf, periodOf, planOf, type RecurringPrice } from "./prices.ts";
import { chargeRest, creditRest, takePendingItems } from "./prorations.ts";
import { again, hasEnded, saveSubscription } from "./subscriptionRecords.ts";
import { endAfter, requireTrialEnd } from "./subscriptions.ts";

export interface ItemChange {
  /** Of an item that is there; without it, one is added. */
  id?: string;
  price?: RecurringPrice;
  quantity?: number;
  deleted?: boolean;
  metadata?: Record<string, string>;
}

export interface SubscriptionChange {
  items?: ItemChange[];
  prorationBehavior?: "create_prorations" | "always_invoice" | "none";
  /** The moment from which prorations count (seconds since 1970). */
  prorationDate?: number;
  trialEnd?: "now" | number;
  endAt?: "period_end" | number | null;
  cancellationDetails?: Partial<CancellationDetails>;
  /** Fields that nothing follows from. */
  fields?: Partial<
    Pick<Subscription, "metadata" | "description" | "default_payment_method" | "trial_settings">
  >;
  /** Begin a new period now. */
  restartCycle?: boolean;
  /** Rather than to leave it past due, change nothing. */
  errorIfIncomplete?: boolean;
}

/**
 * Changes a subscription. What has to be paid at once is charged at once; a refused card leaves it past
 * due. Throws 400 for what does not fit, 402 when asked to.
 */
export function changeSubscription(
  account: Account,
  before: Subscription,
  change: SubscriptionChange,
): Subscription {
  if (hasEnded(before)) return describeEnded(account, before, change);
  const customer = getCustomer(account, before.customer, "customer");
  const now = account.time.now(customer.test_clock);
  const items = changedItems(before, change.items ?? [], now);
  requireFittingItems(items);
  requireCurrency(customer, items[0]?.price.currency ?? before.currency);

  const wasTrialing = before.status === "trialing";
  const trialEnd = change.trialEnd === "now" ? null : (change.trialEnd ?? null);
  requireTrialEnd(trialEnd, now);
  const endsTrial = wasTrialing && change.trialEnd === "now";
  const staysTrialing = wasTrialing && !endsTrial;
  const restarts =
    trialEnd === null &&
    (endsTrial || (!staysTrialing && (change.restartCycle || needsNewCycle(before, items))));
  const anchor = trialEnd ?? (restarts ? now : before.billing_cycle_anchor);
  const period: Period = trialEnd
    ? { start: wasTrialing ? periodOf(before).start : now, end: trialEnd }
    : restarts
      ? { start: now, end: nextPeriodEnd(now, intervalOf({ items: itemList("", items) }), now) }
      : periodOf(before);

  const behavior = change.prorationBehavior ?? "create_prorations";
  const isBilled = before.status === "active" || before.status === "past_due";
  if (behavior !== "none" && isBilled) {
    const isWhole = restarts || trialEnd !== null;
    prorate(account, before, items, prorationDate(before, change, now), isWhole);
  }

  let after: Subscription = {
    ...before,
    ...change.fields,
    billing_cycle_anchor: anchor,
    cancellation_details: {
      ...NO_CANCELLATION,
      ...before.cancellation_details,
      ...change.cancellationDetails,
    },
    items: itemList(
      before.id,
      items.map((item) => withPeriod(item, period)),
    ),
    ...(endsTrial ? { status: "active" as const, trial_end: now } : {}),
    ...(trialEnd
      ? {
          status: "trialing" as const,
          trial_end: trialEnd,
          trial_start: wasTrialing ? before.trial_start : now,
        }
      : {}),
  };
  if (change.endAt !== undefined) {
    const end = change.endAt === null ? null : endAfter(change.endAt, now);
    after = withEndAt(account, after, end);
  } else if (after.cancel_at_period_end) {
    after = { ...after, cancel_at: period.end };
  }

  const startsTrial = trialEnd !== null && !wasTrialing;
  if (!restarts && !startsTrial && behavior !== "always_invoice") {
    return saveSubscription(account, before, after);
  }
  const wholeLine = startsTrial ? trialLine : periodLine;
  const lines = [
    ...takePendingItems(account, after).map((item) => pendingLine(after, item)),
    ...(restarts || startsTrial
      ? after.items.data.map((item) => wholeLine(account, after, item, period))
      : []),
  ];
  return invoiceNow(account, before, after, lines, change.errorIfIncomplete ?? false);
}

function invoiceNow(
  account: Account,
  before: Subscription,
  after: Subscription,
  lines: InvoiceLine[],
  errorIfIncomplete: boolean,
): Subscription {
  if (lines.length === 0) return saveSubscription(account, before, after);
  const draft = draftInvoice(account, {
    customer: getCustomer(account, after.customer, "customer"),
    subscription: after,
    reason: "subscription_update",
    lines,
    period: periodOf(before),
    finalizesAt: null,
  });
  const saved = saveSubscription(account, before, { ...after, latest_invoice: draft.id });
  const refusal = payInvoice(account, finalizeInvoice(account, draft));
  if (refusal && errorIfIncomplete) throw refusal;
  return again(account, saved);
}

/** Credits what goes and charges what comes, for the rest of the period. */
function prorate(
  account: Account,
  before: Subscription,
  items: SubscriptionItem[],
  from: number,
  isWholeNewPeriod: boolean,
): void {
  const isSame = (a: SubscriptionItem, b: SubscriptionItem | undefined): boolean =>
    a.price.id === b?.price.id && a.quantity === b.quantity;
  for (const old of before.items.data) {
    const kept = items.find(({ id }) => id === old.id);
    if (isWholeNewPeriod || !isSame(old, kept)) creditRest(account, before, old, from);
  }
  if (isWholeNewPeriod) return;
  const period = periodOf(before);
  for (const item of items) {
    const old = before.items.data.find(({ id }) => id === item.id);
    if (!isSame(item, old)) chargeRest(account, before, withPeriod(item, period), from);
  }
}

function prorationDate(before: Subscription, change: SubscriptionChange, now: number): number {
  const { start, end } = periodOf(before);
  const date = change.prorationDate ?? now;
  if (date >= start && date <= end) return date;
  throw invalid("Cannot specify `proration_date` outside of the current period.", {
    param: "proration_date",
  });
}

function changedItems(
  before: Subscription,
  changes: ItemChange[],
  now: number,
): SubscriptionItem[] {
  let items = before.items.data;
  for (const { id, price, quantity, deleted, metadata } of changes) {
    if (id === undefined) {
      if (!price)
        throw invalid("Missing required param: items[0][price].", {
          code: "parameter_missing",
          param: "items",
        });
      items = [...items, makeItem(before.id, { price, quantity, metadata }, periodOf(before), now)];
      continue;
    }
    if (!items.some((item) => item.id === id)) throw noSuch("subscription item", id, "items");
    if (deleted) {
      items = items.filter((item) => item.id !== id);
      continue;
    }
    items = items.map((item) =>
      item.id !== id
        ? item
        : {
            ...item,
            ...(price ? { price, plan: planOf(price) } : {}),
            quantity: quantity ?? item.quantity,
            metadata: metadata ?? item.metadata,
          },
    );
  }
  return items;
}

/** Another interval, or the first item that costs something, begins a period of its own. */
function needsNewCycle(before: Subscription, items: SubscriptionItem[]): boolean {
  const old = intervalOf(before);
  const now = intervalOf({ items: itemList("", items) });
  const cost = (all: SubscriptionItem[]): number =>
    all.reduce((sum, item) => sum + amountOf(item), 0);
  return (
    old.interval !== now.interval ||
    old.interval_count !== now.interval_count ||
    (cost(before.items.data) === 0 && cost(items) > 0)
  );
}

/** What has ended can only be described. Throws 400 for any other change. */
function describeEnded(
  account: Account,
  before: Subscription,
  { fields = {}, cancellationDetails, ...rest }: SubscriptionChange,
): Subscription {
  const { metadata = before.metadata, ...otherFields } = fields;
  const asked = [...Object.values(rest), ...Object.values(otherFields)];
  if (!asked.every((value) => value === undefined || value === false)) {
    throw invalid(
      "A canceled subscription can only update its cancellation_details and metadata.",
      { code: "invalid_canceled_subscription_fields" },
    );
  }
  return saveSubscription(account, before, {
    ...before,
    metadata,
    cancellation_details: {
      ...NO_CANCELLATION,
      ...before.cancellation_details,
      ...cancellationDetails,
    },
  });
}
