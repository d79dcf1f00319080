import { v } from "convex/values";
import { internal } from "./_generated/api";
import { mendUsage } from "./model/usageCheck";
import { usageMetric } from "./tables/usage";
import { backgroundMutation, systemMutation } from "./tenancy/functions";

/** Companies of one run; the next run follows when there are more. */
const BATCH = 50;

/** Time between two companies, in milliseconds. */
const PACE_MS = 100;

/**
 * Has the counters behind the plans' limits recounted, a batch of companies a run, behind the
 * company that was made at `after` (milliseconds). Every night. Returns how many it took up.
 */
export const run = systemMutation({
  args: { after: v.number() },
  returns: v.number(),
  handler: async (ctx, { after }) => {
    const tenants = await ctx.platform
      .query("tenants")
      .withIndex("by_creation_time", (q) => q.gt("_creationTime", after))
      .take(BATCH);
    for (const [index, { _id: tenantId }] of tenants.entries()) {
      await ctx.schedule.after(index * PACE_MS, internal.usageCheck.check, { tenantId });
    }
    const last = tenants.at(-1);
    if (last && tenants.length === BATCH) {
      await ctx.schedule.after(BATCH * PACE_MS, internal.usageCheck.run, {
        after: last._creationTime,
      });
    }
    return tenants.length;
  },
});

/** Recounts one company's counters, and then its summary; what differed is mended, and said in the log. */
export const check = backgroundMutation({
  args: {},
  returns: v.array(v.object({ metric: usageMetric, counted: v.number(), actual: v.number() })),
  handler: async (ctx) => {
    const drifts = await mendUsage(ctx, Date.now());
    for (const { metric, counted, actual } of drifts) {
      console.warn(`Usage of ${ctx.tenant._id}: ${metric} was ${counted} and is ${actual}.`);
    }
    await ctx.schedule.after(0, internal.tenantSummaries.count, {});
    return drifts;
  },
});
