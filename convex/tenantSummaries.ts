import { v } from "convex/values";
import { internal } from "./_generated/api";
import { countTenant, FRESH_MS } from "./model/tenantSummaries";
import { systemMutation } from "./tenancy/functions";

/**
 * Counts a company's figures for Sunup's staff: in the first minutes of each hour in which a
 * member works (`active`), and once more some minutes after the first count of a new company;
 * after a change of what it pays, and every night. Scheduled by itself.
 */
export const count = systemMutation({
  args: { tenantId: v.id("tenants"), active: v.optional(v.boolean()) },
  returns: v.null(),
  handler: async (ctx, { tenantId, active = false }) => {
    const first = await countTenant(ctx, tenantId, { now: Date.now(), active });
    if (first) {
      await ctx.schedule.after(FRESH_MS, internal.tenantSummaries.count, { tenantId, active });
    }
    return null;
  },
});
