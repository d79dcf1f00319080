import { v } from "convex/values";
import { literals, nullable } from "convex-helpers/validators";
import { noteStaffEntry } from "../model/telemetry/security";
import { recordStaffAction } from "../model/staffAudit";
import * as model from "../model/staffEntries";
import { entryAccess, entryState } from "../tables/staffEntries";
import { staffMutation, staffQuery, systemMutation } from "../tenancy/functions";

/** The company in which I am, or for which I wait; null without. Staff only. */
export const mine = staffQuery({
  level: "support",
  args: {},
  returns: nullable(
    v.object({
      _id: v.id("staffEntries"),
      tenantId: v.id("tenants"),
      companyName: v.string(),
      access: entryAccess,
      reason: v.string(),
      state: entryState,
      /** Milliseconds: the stay, or for a request the time to answer. */
      endsAt: v.number(),
    }),
  ),
  handler: async ({ liveEntry, tenantX }) => {
    const entry = await liveEntry();
    if (entry === null || entry.endsAt <= Date.now()) return null;
    const { _id, tenantId, access, reason, state, endsAt } = entry;
    const { name } = await tenantX(tenantId);
    return { _id, tenantId, companyName: name, access, reason, state, endsAt };
  },
});

/**
 * Enters a company, for 30 minutes: to look, or, as an operator, also to help. Where its
 * administrators want to be asked it waits for them, and answers with "requested". Staff only.
 * Throws NOT_FOUND, INVALID (reason), FORBIDDEN, CONFLICT (in another company).
 */
export const enter = staffMutation({
  level: "support",
  args: { tenantId: v.id("tenants"), access: entryAccess, reason: v.string() },
  returns: literals("requested", "open"),
  handler: async (ctx, { tenantId, ...wish }) => await model.enter(ctx, tenantId, wish, Date.now()),
});

/** Leaves the company in which I am, or takes my request back. Staff only. */
export const leave = staffMutation({
  level: "support",
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    await model.leave(ctx, Date.now());
    return null;
  },
});

const ofTenant = { tenantId: v.id("tenants"), entryId: v.id("staffEntries") };

/** Ends an entry whose time is over. Scheduled by its beginning. */
export const expire = systemMutation({
  args: ofTenant,
  returns: v.null(),
  handler: async (ctx, entry) => {
    await model.expire(ctx, entry, Date.now());
    return null;
  },
});

/** Tells the platform's trail what a company decided about an entry. Scheduled by the decision. */
export const tell = systemMutation({
  args: {
    ...ofTenant,
    action: literals("company.entryGranted", "company.entryRefused", "company.entryEnded"),
    subject: v.string(),
  },
  returns: v.null(),
  handler: async (ctx, { tenantId, entryId, action, subject }) => {
    // Opens a tenant: the one whose administrator decided.
    const entry = await ctx.forTenant(tenantId).db.getX("staffEntries", entryId);
    const { staffId, staffName, decidedBy = "", reason } = entry;
    await recordStaffAction(ctx, null, {
      ...{ action, tenant: tenantId, subject, reason },
      changes: [{ field: staffName, before: "", after: `decided by ${decidedBy}` }],
    });
    const id = ctx.platform.normalizeId("staff", staffId);
    const staff = id && (await ctx.platform.get("staff", id));
    if (action === "company.entryGranted" && staff) {
      await noteStaffEntry(ctx, staff, { _id: tenantId, name: subject }, Date.now());
    }
    return null;
  },
});
