/** The end of a subscription, now or at a later time. */
import type { Account } from "../account.ts";
import type { Subscription } from "../wire.ts";
import { invoicesOf, stopCollecting } from "./invoices.ts";
import { periodOf } from "./prices.ts";
import { takePendingItems } from "./prorations.ts";
import { clockOfSubscription, saveSubscription } from "./subscriptionRecords.ts";

export type CancellationDetails = NonNullable<Subscription["cancellation_details"]>;

export const NO_CANCELLATION: CancellationDetails = {
  comment: null,
  feedback: null,
  feedback_option: null,
  reason: null,
};

/** Ends the subscription at once. What is open is no longer charged by itself. */
export function cancelNow(
  account: Account,
  subscription: Subscription,
  details: Partial<CancellationDetails>,
): Subscription {
  const now = account.time.now(clockOfSubscription(account, subscription));
  takePendingItems(account, subscription);
  for (const invoice of invoicesOf(account, subscription)) stopCollecting(account, invoice);
  return saveSubscription(account, subscription, {
    ...subscription,
    canceled_at: subscription.canceled_at ?? now,
    cancellation_details: {
      ...(subscription.cancellation_details ?? NO_CANCELLATION),
      ...details,
    },
    ended_at: now,
    status: "canceled",
  });
}

/**
 * The subscription with its end set for later, or with no end. The API's `cancel_at_period_end` and
 * the portal set different fields: in flexible billing mode the portal sets only `cancel_at`.
 */
export function withEndAt(
  account: Account,
  subscription: Subscription,
  end: "period_end" | number | null,
): Subscription {
  const now = account.time.now(clockOfSubscription(account, subscription));
  const details = subscription.cancellation_details ?? NO_CANCELLATION;
  if (end === null) {
    return {
      ...subscription,
      cancel_at: null,
      cancel_at_period_end: false,
      canceled_at: null,
      cancellation_details: { ...details, reason: null },
    };
  }
  return {
    ...subscription,
    cancel_at: end === "period_end" ? periodOf(subscription).end : end,
    cancel_at_period_end: end === "period_end",
    canceled_at: subscription.canceled_at ?? now,
    cancellation_details: { ...details, reason: "cancellation_requested" },
  };
}
