/** The invoice that would come next, now or after a change that is not made. */
import { randomId } from "../../storage/ids.ts";
import type { Account } from "../account.ts";
import { missingParam, noSuch, StripeError } from "../errors.ts";
import type { Invoice, Subscription } from "../wire.ts";
import { getCustomer, liveSubscriptions } from "./customers.ts";
import { renew } from "./cycles.ts";
import { getInvoice } from "./invoices.ts";
import { periodOf } from "./prices.ts";
import { changeSubscription, type SubscriptionChange } from "./subscriptionChanges.ts";
import { getSubscription, hasEnded } from "./subscriptionRecords.ts";

/**
 * What the customer's subscription would be billed next. A change that is billed at once shows that
 * bill, any other the one of the next period. Throws 404 when nothing is to come.
 */
export function previewInvoice(
  account: Account,
  { customer, subscription }: { customer?: string; subscription?: string },
  changeOf: (current: Subscription) => SubscriptionChange,
): Invoice {
  const current = chosen(account, customer, subscription);
  return account.store.pretend(() => {
    const changed = changeSubscription(account, current, changeOf(current));
    const isBilledNow = changed.latest_invoice !== current.latest_invoice;
    const { end } = periodOf(changed);
    const ends = hasEnded(changed) || (changed.cancel_at !== null && changed.cancel_at <= end);
    if (!isBilledNow && ends) throw none(current);
    const invoice = isBilledNow
      ? getInvoice(account, changed.latest_invoice ?? "")
      : account.time.at(end, () => renew(account, changed));
    return asPreview(invoice);
  });
}

function chosen(
  account: Account,
  customer: string | undefined,
  subscription: string | undefined,
): Subscription {
  if (subscription !== undefined) return getSubscription(account, subscription, "subscription");
  if (customer === undefined) throw missingParam("customer");
  const [first] = liveSubscriptions(account, getCustomer(account, customer, "customer").id);
  if (!first) throw noSuch("subscription", customer, "customer");
  return first;
}

const none = ({ customer }: Subscription): StripeError =>
  new StripeError(
    404,
    "invalid_request_error",
    `No upcoming invoices for customer: '${customer}'`,
    {
      code: "invoice_upcoming_none",
    },
  );

function asPreview(invoice: Invoice): Invoice {
  const id = randomId("upcoming_in");
  return {
    ...invoice,
    id,
    amount_paid: 0,
    amount_remaining: invoice.amount_due,
    attempt_count: 0,
    attempted: false,
    ending_balance: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    lines: { ...invoice.lines, data: invoice.lines.data.map((line) => ({ ...line, invoice: id })) },
    number: null,
    status: "draft",
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
  };
}
