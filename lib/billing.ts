/** Words and figures of billing that server and interface share. */

/** The lookup key of the price of Pro by the month. */
export const PRO_MONTHLY = "pro_monthly";

/** How long a payment can be overdue before the company goes back to Starter, in days. */
export const OVERDUE_DAYS = 14;

/** Stripe's states of a subscription, and `other` for one that it may add. */
export const SUBSCRIPTION_STATUSES = [
  "trialing",
  "active",
  "past_due",
  "unpaid",
  "canceled",
  "incomplete",
  "incomplete_expired",
  "paused",
  "other",
] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** True when the plan that was paid for is in force, also while a payment is late. */
export function givesPlan(status: SubscriptionStatus): boolean {
  return status === "trialing" || status === "active" || isOverdue(status);
}

/** True when a payment has failed and Stripe waits for it. */
export function isOverdue(status: SubscriptionStatus): boolean {
  return status === "past_due" || status === "unpaid";
}

export const INVOICE_STATUSES = [
  "draft",
  "open",
  "paid",
  "uncollectible",
  "void",
  "other",
] as const;
export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

/**
 * What an administrator can have done at Stripe: a page opened to subscribe or to mend the
 * payment, or the subscription ended with its period, or that taken back.
 */
export const BILLING_REQUESTS = ["checkout", "portal", "cancel", "resume"] as const;
export type BillingRequest = (typeof BILLING_REQUESTS)[number];

/** The events that Stripe's webhook is set up for. Whatever comes, the present state is read again. */
export const STRIPE_EVENTS = [
  "checkout.session.completed",
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.deleted",
  "customer.subscription.trial_will_end",
  "invoice.paid",
  "invoice.payment_failed",
  "customer.deleted",
] as const;
