import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { acknowledgeAlert } from "../model/telemetry/alerts";
import schema from "../schema";
import { alertStatus } from "../tables/security";
import { staffMutation, staffQuery } from "../tenancy/functions";

const alert = v.object({
  ...schema.tables.securityAlerts.validator.fields,
  _id: v.id("securityAlerts"),
  _creationTime: v.number(),
});
const event = v.object({
  ...schema.tables.securityAuditLog.validator.fields,
  _id: v.id("securityAuditLog"),
  _creationTime: v.number(),
});

/** Alerts of one status, the latest first. Staff. Throws UNAUTHENTICATED, NOT_FOUND. */
export const alerts = staffQuery({
  level: "support",
  args: { paginationOpts: paginationOptsValidator, status: alertStatus },
  returns: paginationResultValidator(alert),
  handler: async ({ platform }, { paginationOpts, status }) =>
    await platform
      .query("securityAlerts")
      .withIndex("by_status_lastAt", (q) => q.eq("status", status))
      .order("desc")
      .paginate(paginationOpts),
});

/**
 * What the security log holds: of one person (Clerk's id), of one company, or of all; the latest
 * first. Staff. Throws UNAUTHENTICATED, NOT_FOUND.
 */
export const events = staffQuery({
  level: "support",
  args: {
    paginationOpts: paginationOptsValidator,
    about: v.union(
      v.object({ person: v.string() }),
      v.object({ tenant: v.id("tenants") }),
      v.null(),
    ),
  },
  returns: paginationResultValidator(event),
  handler: async ({ platform }, { paginationOpts, about }) => {
    const log = platform.query("securityAuditLog");
    const range =
      about === null
        ? log.withIndex("by_at")
        : "person" in about
          ? log.withIndex("by_userId_at", (q) => q.eq("userId", about.person))
          : log.withIndex("by_tenant_at", (q) => q.eq("tenant", about.tenant));
    return await range.order("desc").paginate(paginationOpts);
  },
});

/**
 * Whether telemetry reaches Sunup: without a log stream nothing is seen, counted or alerted.
 * `heardAt` is when it was last heard, in milliseconds, to the minute. Staff.
 */
export const pipeline = staffQuery({
  level: "support",
  args: {},
  returns: v.object({ configured: v.boolean(), heardAt: v.union(v.number(), v.null()) }),
  handler: async ({ platform }) => {
    const state = await platform.query("logStreamState").first();
    return {
      configured: Boolean(process.env.LOG_STREAM_SECRET),
      heardAt: state?.heardAt ?? null,
    };
  },
});

/**
 * Closes an alert with a note of what was found; what happens from then on is a new one.
 * Operators. Throws NOT_FOUND, INVALID (note), CONFLICT when somebody else has closed it.
 */
export const acknowledge = staffMutation({
  level: "operator",
  args: { alertId: v.id("securityAlerts"), note: v.string() },
  returns: v.null(),
  handler: async (ctx, { alertId, note }) => {
    await acknowledgeAlert(ctx, ctx.staff, alertId, note, Date.now());
    return null;
  },
});
