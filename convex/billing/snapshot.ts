import type Stripe from "stripe";
import { givesPlan, INVOICE_STATUSES, PRO_MONTHLY, SUBSCRIPTION_STATUSES } from "../../lib/billing";
import type { PlanId } from "../../lib/plans";
import type { Id } from "../_generated/dataModel";
import type { BillingSnapshot, Invoice, Subscription } from "../tables/billing";

/** So many invoices are shown in Sunup; Stripe's portal has all. */
export const MAX_INVOICES = 12;

/** More subscriptions than one company can have had. */
const MAX_SUBSCRIPTIONS = 100;

/**
 * Reads what Stripe has of a company's customer now. Throws when the customer names another
 * company: then nothing of it may be believed.
 */
export async function readSnapshot(
  stripe: Stripe,
  { customer: id, tenantId, proPrice }: SnapshotOf,
): Promise<BillingSnapshot> {
  const customer = await stripe.customers.retrieve(id);
  if (customer.deleted) {
    return { customer: id, deleted: true, subscription: null, surplus: 0, invoices: [] };
  }
  if (customer.metadata.tenantId !== tenantId) {
    throw new Error(`Stripe's customer ${id} does not name this company.`);
  }
  const [subscriptions, invoices] = await Promise.all([
    stripe.subscriptions.list({ customer: id, status: "all", limit: MAX_SUBSCRIPTIONS }),
    stripe.invoices.list({ customer: id, limit: MAX_INVOICES }),
  ]);
  const known = subscriptions.data.map((each) => subscriptionOf(each, proPrice));
  const inForce = known.filter(({ status }) => givesPlan(status));
  return {
    customer: id,
    deleted: false,
    // Stripe lists the newest first. One that is in force counts; without any, the last one says how it ended.
    subscription: inForce.at(-1) ?? known[0] ?? null,
    surplus: Math.max(0, inForce.length - 1),
    invoices: invoices.data.map(invoiceOf),
  };
}

export type SnapshotOf = { customer: string; tenantId: Id<"tenants">; proPrice: string };

function subscriptionOf(given: Stripe.Subscription, proPrice: string): Subscription {
  const [item] = given.items.data;
  const price = item?.price;
  return {
    id: given.id,
    status: oneOf(SUBSCRIPTION_STATUSES, given.status),
    price: price?.id ?? "",
    plan: price ? planOf(price, proPrice) : null,
    currentPeriodEnd: (item?.current_period_end ?? given.created) * 1000,
    cancelAt: milliseconds(given.cancel_at),
    trialEnd: milliseconds(given.trial_end),
  };
}

/** Setup marks each price of Pro, so that who pays one that was replaced since keeps the plan. */
function planOf({ id, lookup_key, metadata }: Stripe.Price, proPrice: string): PlanId | null {
  if (id === proPrice || lookup_key === PRO_MONTHLY || metadata.plan === "pro") return "pro";
  return null;
}

function invoiceOf(given: Stripe.Invoice): Invoice {
  return {
    id: given.id,
    number: given.number ?? undefined,
    createdAt: given.created * 1000,
    amountCents: given.total,
    status: oneOf(INVOICE_STATUSES, given.status),
    url: given.hosted_invoice_url ?? undefined,
    attempts: given.attempt_count,
    nextAttemptAt: milliseconds(given.next_payment_attempt),
  };
}

function milliseconds(seconds: number | null): number | undefined {
  return seconds === null ? undefined : seconds * 1000;
}

function oneOf<const Known extends readonly string[]>(
  known: Known,
  given: string | null,
): Known[number] | "other" {
  return known.includes(given ?? "") ? (given as Known[number]) : "other";
}
