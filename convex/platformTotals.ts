import { v } from "convex/values";
import { internal } from "./_generated/api";
import { CHANGES_AT_ONCE, countChanges } from "./model/platformTotals";
import { systemMutation } from "./tenancy/functions";

/** Has the overview's totals follow what changed of companies. Every minute. Returns how many changes it took up. */
export const follow = systemMutation({
  args: {},
  returns: v.number(),
  handler: async (ctx) => {
    const count = await countChanges(ctx, Date.now());
    if (count === CHANGES_AT_ONCE) {
      await ctx.schedule.after(0, internal.platformTotals.follow, {});
    }
    return count;
  },
});
