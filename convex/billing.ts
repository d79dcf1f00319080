import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { omit, pick } from "convex-helpers";
import { BILLING_REQUESTS } from "../lib/billing";
import { USAGE_METRICS } from "../lib/usage";
import { findAccount } from "./billing/account";
import { askStripe, askToRefresh } from "./billing/ask";
import { senderAddress } from "./emails/settings";
import { usageHistory } from "./model/usageHistory";
import { readUsage } from "./model/usage";
import { invoice, subscription } from "./tables/billing";
import { usageMetric } from "./tables/usage";
import { personalQuery, tenantMutation, tenantQuery } from "./tenancy/functions";

/** What the company pays for and what it has paid: the copy of what Stripe has. Needs billing.manage. */
export const account = tenantQuery({
  permission: "billing.manage",
  args: {},
  returns: v.object({
    /** Where to write to agree on Enterprise: the address that Sunup's mail comes from. */
    contact: v.union(v.string(), v.null()),
    /** A plan that Sunup gave the company, whatever it pays for; milliseconds. */
    given: v.union(v.object({ until: v.union(v.number(), v.null()) }), v.null()),
    /** True when there is something to manage on Stripe's pages. */
    hasCustomer: v.boolean(),
    /** True when a trial is over, so that a subscription starts with a payment. */
    trialUsed: v.boolean(),
    /** Milliseconds; set while a payment is overdue. */
    pastDueSince: v.union(v.number(), v.null()),
    subscription: v.union(v.object(omit(subscription.fields, ["id", "price"])), v.null()),
    invoices: v.array(v.object(omit(invoice.fields, ["id", "attempts"]))),
  }),
  handler: async ({ db, tenant }) => {
    const known = await findAccount(db);
    const paid = known?.subscription;
    return {
      contact: senderAddress(),
      given: tenant.planGrant ? { until: tenant.planGrant.expiresAt ?? null } : null,
      hasCustomer: known?.customer !== undefined,
      trialUsed: tenant.trialUsed ?? false,
      pastDueSince: tenant.pastDueSince ?? null,
      subscription: paid ? omit(paid, ["id", "price"]) : null,
      invoices: (known?.invoices ?? []).map((each) => omit(each, ["id", "attempts"])),
    };
  },
});

/**
 * How much of each limit is used, and of what is counted by the month the last six, oldest first.
 * Needs billing.manage.
 */
export const usage = tenantQuery({
  permission: "billing.manage",
  args: {},
  returns: v.array(
    v.object({
      metric: usageMetric,
      used: v.number(),
      limit: v.union(v.number(), v.null()),
      history: v.array(v.object({ period: v.string(), value: v.number() })),
    }),
  ),
  handler: async (ctx) => {
    const now = Date.now();
    return await Promise.all(
      USAGE_METRICS.map(async (metric) => ({
        metric,
        ...(await readUsage(ctx, metric, now)),
        history: await usageHistory(ctx.db, metric),
      })),
    );
  },
});

/** What became of the last thing that I asked Stripe for; null when there was none. Needs billing.manage. */
export const myRequest = personalQuery({
  permission: "billing.manage",
  args: {},
  returns: v.union(
    v.null(),
    v.object({
      _id: v.id("billingRequests"),
      kind: literals(...BILLING_REQUESTS),
      status: literals("pending", "done", "failed"),
      url: v.optional(v.string()),
      problem: v.optional(v.string()),
    }),
  ),
  handler: async ({ db, member }) => {
    const request = await db
      .query("billingRequests")
      .withIndex("by_tenant_member", (q) => q.eq("memberId", member._id))
      .unique();
    return request && pick(request, ["_id", "kind", "status", "url", "problem"]);
  },
});

/**
 * Asks Stripe for a page to subscribe to Pro on (`checkout`) or to manage the payment on
 * (`portal`), or to end the subscription with its period (`cancel`), or to take that back
 * (`resume`). Answers with the request, which `myRequest` follows. Needs billing.manage. Throws
 * CONFLICT when it does not fit what the company has.
 */
export const ask = tenantMutation({
  permission: "billing.manage",
  args: { kind: literals(...BILLING_REQUESTS) },
  returns: v.id("billingRequests"),
  handler: (ctx, { kind }) => askStripe(ctx, kind, Date.now()),
});

/** Looks at Stripe again, soon; for who is back from Stripe's page before its webhook. Needs billing.manage. */
export const refresh = tenantMutation({
  permission: "billing.manage",
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    await askToRefresh(ctx, Date.now());
    return null;
  },
});
