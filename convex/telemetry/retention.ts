import { v } from "convex/values";
import { internal } from "../_generated/api";
import { AUDIT_DAYS } from "../../lib/audit";
import { systemMutation } from "../tenancy/functions";

const DAY = 24 * 60 * 60_000;

/** Lines of each trail in one transaction; when there are more, the next one follows at once. */
const BATCH = 500;

/** Removes lines of the trails that are older than 400 days. A cron calls it every day. */
export const sweep = systemMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const before = Date.now() - AUDIT_DAYS * DAY;
    if (await ctx.removeOldAuditLines(before, BATCH)) {
      await ctx.schedule.after(0, internal.telemetry.retention.sweep, {});
    }
    return null;
  },
});
