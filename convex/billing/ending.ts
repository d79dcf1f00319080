import type Stripe from "stripe";
import { givesPlan, OVERDUE_DAYS } from "../../lib/billing";
import { DAY_MS } from "../../lib/days";
import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import type { Subscription } from "../tables/billing";
import { backgroundMutation, backgroundQuery, systemAction } from "../tenancy/functions";
import { findAccount } from "./account";
import { stripe } from "./stripe";
import { syncBilling } from "./sync";

/**
 * The end of a subscription that nobody clicked: the payment is overdue for too long, or the
 * company was closed. An action may be lost, so whoever schedules one looks again an hour later.
 */
const AGAIN_MS = 60 * 60_000;

/** Ends the company's subscription at Stripe if it must end; looks again until it has. */
export const advance = backgroundMutation({
  args: {},
  returns: v.null(),
  handler: async ({ db, tenant, schedule }) => {
    if (subscriptionToEnd(tenant, await findAccount(db), Date.now()) === null) return null;
    await schedule.after(0, internal.billing.ending.cancel, {});
    await schedule.after(AGAIN_MS, internal.billing.ending.advance, {});
    return null;
  },
});

/** Stripe's id of the subscription that must end now, or null. */
export const due = backgroundQuery({
  args: {},
  returns: v.union(v.string(), v.null()),
  handler: async ({ db, tenant }) =>
    subscriptionToEnd(tenant, await findAccount(db), Date.now())?.id ?? null,
});

/** Cancels the subscription that must end; the plan follows from reading Stripe again. */
export const cancel = systemAction({
  args: { tenantId: v.id("tenants") },
  returns: v.null(),
  handler: async (ctx, { tenantId }) => {
    const subscription = await ctx.runQuery(internal.billing.ending.due, { tenantId });
    if (subscription === null) return null;
    await cancelAtOnce(stripe(), subscription);
    await syncBilling(ctx, tenantId);
    return null;
  },
});

function subscriptionToEnd(
  tenant: Doc<"tenants">,
  account: Doc<"billingAccounts"> | null,
  now: number,
): Subscription | null {
  const subscription = account?.subscription;
  if (subscription === undefined || !givesPlan(subscription.status)) return null;
  return mustEnd(tenant, now) ? subscription : null;
}

function mustEnd({ closedAt, pastDueSince }: Doc<"tenants">, now: number): boolean {
  if (closedAt !== undefined) return true;
  return pastDueSince !== undefined && now >= pastDueSince + OVERDUE_DAYS * DAY_MS;
}

async function cancelAtOnce(client: Stripe, subscription: string): Promise<void> {
  const { status } = await client.subscriptions.retrieve(subscription);
  if (status === "canceled" || status === "incomplete_expired") return;
  await client.subscriptions.cancel(subscription);
}
