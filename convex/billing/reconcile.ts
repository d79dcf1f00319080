import { v } from "convex/values";
import { internal } from "../_generated/api";
import { systemMutation } from "../tenancy/functions";

/** Companies of one run; the next run follows when there are more. */
const BATCH = 50;

/** Time between two companies, in milliseconds: Stripe takes 25 reads a second in test mode, and each company is three. */
const PACE_MS = 250;

/**
 * Compares every company that has a customer at Stripe with Stripe, a batch a run, behind the
 * customer `after`. What differs is mended and said in the log. Every night. Returns how many
 * companies the run took up.
 */
export const run = systemMutation({
  args: { after: v.string() },
  returns: v.number(),
  handler: async (ctx, { after }) => {
    const customers = await ctx.customersAfter(after, BATCH);
    for (const [index, { tenantId }] of customers.entries()) {
      await ctx.schedule.after(index * PACE_MS, internal.billing.sync.run, {
        tenantId,
        asked: "nightly",
      });
    }
    const last = customers.at(-1);
    if (last && customers.length === BATCH) {
      await ctx.schedule.after(BATCH * PACE_MS, internal.billing.reconcile.run, {
        after: last.customer,
      });
    }
    return customers.length;
  },
});
