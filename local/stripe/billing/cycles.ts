/** What the time brings to a subscription: the end of its trial, its next period, its end. */
import type { Account } from "../account.ts";
import type { Invoice, Subscription } from "../wire.ts";
import { cancelNow } from "./cancellation.ts";
import { getCustomer } from "./customers.ts";
import { collectAt, draftInvoice, finalizeInvoice, getInvoice, giveUpInvoice } from "./invoices.ts";
import { itemList, withPeriod } from "./items.ts";
import { pendingLine, periodLine } from "./lines.ts";
import { payInvoice } from "./payment.ts";
import { defaultPaymentMethod } from "./paymentMethods.ts";
import { nextPeriodEnd } from "./periods.ts";
import { intervalOf, periodOf } from "./prices.ts";
import { takePendingItems } from "./prorations.ts";
import { clockOfSubscription, saveSubscription } from "./subscriptionRecords.ts";

/** Called when a period or a planned end is reached. */
export function turnPeriod(account: Account, subscription: Subscription): void {
  const now = account.time.now(clockOfSubscription(account, subscription));
  if (subscription.cancel_at !== null && subscription.cancel_at <= now) {
    cancelNow(account, subscription, {});
  } else if (subscription.status === "trialing" && mustNotOutliveTrial(account, subscription)) {
    cancelNow(account, subscription, { reason: null });
  } else {
    renew(account, subscription);
  }
}

/** Starts the next period, with a draft of its invoice that is charged after an hour. */
export function renew(account: Account, subscription: Subscription): Invoice {
  const { store } = account;
  const customer = getCustomer(account, subscription.customer, "customer");
  const now = account.time.now(customer.test_clock);
  const past = periodOf(subscription);
  const start = past.end;
  const period = {
    start,
    end: nextPeriodEnd(subscription.billing_cycle_anchor, intervalOf(subscription), start),
  };
  const items = subscription.items.data.map((item) => withPeriod(item, period));
  // An unpaid subscription's invoices stay drafts until somebody deals with them.
  const isCollected = subscription.status !== "unpaid";
  const finalizesAt = isCollected ? now + store.settings.draft_seconds : null;
  const invoice = draftInvoice(account, {
    customer,
    subscription,
    reason: "subscription_cycle",
    lines: [
      ...takePendingItems(account, subscription).map((item) => pendingLine(subscription, item)),
      ...items.map((item) => periodLine(account, subscription, item, period)),
    ],
    // Of the invoice itself Stripe names the period that has passed.
    period: past,
    finalizesAt,
  });
  if (!isCollected) store.invoices.put({ ...invoice, auto_advance: false });
  collectAt(account, invoice, finalizesAt);
  saveSubscription(account, subscription, {
    ...subscription,
    items: itemList(subscription.id, items),
    latest_invoice: invoice.id,
    status: subscription.status === "trialing" ? "active" : subscription.status,
  });
  return invoice;
}

/** Called when an invoice's hour as a draft is over, or a failed payment is to be tried again. */
export function collect(account: Account, invoice: Invoice): void {
  const open = invoice.status === "draft" ? finalizeInvoice(account, invoice) : invoice;
  if (open.status === "open") payInvoice(account, open);
}

/** Called when the first payment has been outstanding for too long. */
export function expireIncomplete(account: Account, subscription: Subscription): void {
  const now = account.time.now(clockOfSubscription(account, subscription));
  const invoice = getInvoice(account, subscription.latest_invoice ?? "");
  if (invoice.status === "open") giveUpInvoice(account, invoice, "void");
  saveSubscription(account, subscription, {
    ...subscription,
    ended_at: now,
    status: "incomplete_expired",
  });
}

function mustNotOutliveTrial(account: Account, subscription: Subscription): boolean {
  const customer = getCustomer(account, subscription.customer, "customer");
  return (
    subscription.trial_settings?.end_behavior.missing_payment_method === "cancel" &&
    !defaultPaymentMethod(account, customer, subscription)
  );
}
