import { v } from "convex/values";
import { countTenant } from "./model/tenantSummaries";
import { systemMutation } from "./tenancy/functions";

/**
 * Counts a company's figures for Sunup's staff: in the first minutes of each hour in which a
 * member works (`active`), after a change of what it pays, and every night. Scheduled by itself.
 */
export const count = systemMutation({
  args: { tenantId: v.id("tenants"), active: v.optional(v.boolean()) },
  returns: v.null(),
  handler: async (ctx, { tenantId, active = false }) => {
    await countTenant(ctx, tenantId, { now: Date.now(), active });
    return null;
  },
});
