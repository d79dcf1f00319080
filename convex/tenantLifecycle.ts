import { pick } from "convex-helpers";
import { literals } from "convex-helpers/validators";
import { v } from "convex/values";
import { sunupError } from "../lib/errors";
import { TEXT_LIMITS } from "../lib/limits";
import { isShut } from "../lib/tenantStatus";
import { administratorsOf } from "./model/administrators";
import { actorOf, type AuditActor } from "./model/audit";
import * as closing from "./model/closing";
import * as planGrants from "./model/planGrants";
import { requireReason } from "./model/reason";
import * as trial from "./model/trial";
import { suspend as suspendTenant } from "./model/tenantStatus";
import type { Doc } from "./_generated/dataModel";
import { backgroundMutation, signedInQuery, tenantMutation } from "./tenancy/functions";

/**
 * Why one's own company is shut, and whom to ask; null while it is open. Anyone signed in; a member
 * whose own access was turned off learns nothing. Throws UNAUTHENTICATED.
 */
export const notice = signedInQuery({
  args: {},
  returns: v.union(
    v.null(),
    v.object({
      status: literals("suspended", "closed"),
      companyName: v.string(),
      /** Why Sunup keeps it shut; none for a closed company. */
      reason: v.union(v.string(), v.null()),
      /** Milliseconds. */
      since: v.number(),
      /** Who asked for the closing. */
      requestedBy: v.union(v.string(), v.null()),
      administrators: v.array(v.object({ name: v.string(), email: v.string() })),
      youAreAdministrator: v.boolean(),
    }),
  ),
  handler: async ({ own }) => {
    if (own === null || own.member.status !== "active") return null;
    const { tenant, member, db } = own;
    if (!isShut(tenant.status)) return null;
    const isClosed = tenant.status === "closed";
    const administrators = await administratorsOf(db);
    return {
      status: isClosed ? ("closed" as const) : ("suspended" as const),
      companyName: tenant.name,
      reason: isClosed ? null : (tenant.suspension?.reason ?? null),
      since: (isClosed ? tenant.closedAt : tenant.suspension?.since) ?? tenant._creationTime,
      requestedBy: isClosed ? (tenant.closing?.requestedBy ?? null) : null,
      administrators: administrators.map((each) => pick(each, ["name", "email"])),
      youAreAdministrator: administrators.some(({ _id }) => _id === member._id),
    };
  },
});

/**
 * Asks for the company to be closed in 30 days; a closing that runs already stays as it is. Needs
 * settings.manage. Throws INVALID (companyName is not the company's, or reason too long).
 */
export const requestClosing = tenantMutation({
  permission: "settings.manage",
  args: { companyName: v.string(), reason: v.optional(v.string()) },
  returns: v.null(),
  handler: async (ctx, { companyName, reason }) => {
    const why = reason?.trim() || undefined;
    if (why !== undefined && why.length > TEXT_LIMITS.reason) {
      throw sunupError("INVALID", {
        field: "reason",
        message: `The reason can have at most ${TEXT_LIMITS.reason} characters.`,
      });
    }
    await closing.requestClosing(
      ctx,
      asMember(ctx.member),
      { companyName, reason: why },
      Date.now(),
    );
    return null;
  },
});

/** Keeps a company that was to be closed; without a closing it does nothing. Needs settings.manage. */
export const withdrawClosing = tenantMutation({
  permission: "settings.manage",
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    await closing.withdrawClosing(ctx, asMember(ctx.member));
    return null;
  },
});

/** Does what is due of a closing. Scheduled by itself. */
export const advanceClosing = backgroundMutation({
  args: { closesAt: v.number() },
  returns: v.null(),
  handler: async (ctx, { closesAt }) => {
    await closing.advanceClosing(ctx, closesAt, Date.now());
    return null;
  },
});

/** Does what is due of a trial. Scheduled by itself. */
export const advanceTrial = backgroundMutation({
  args: { trialEndsAt: v.number() },
  returns: v.null(),
  handler: async (ctx, { trialEndsAt }) => {
    await trial.advanceTrial(ctx, trialEndsAt, Date.now());
    return null;
  },
});

/** Ends a plan that staff gave until now. Scheduled by itself. */
export const advancePlanGrant = backgroundMutation({
  args: { expiresAt: v.number() },
  returns: v.null(),
  handler: async (ctx, { expiresAt }) => {
    await planGrants.advancePlanGrant(ctx, expiresAt, Date.now());
    return null;
  },
});

/** What staff say of every step: who takes it and why, both kept in the company's audit trail. */
const staffStep = { staffName: v.string(), reason: v.string() };

/** Shuts a company: its members read the reason at once. For staff. Throws CONFLICT, INVALID (reason). */
export const suspend = backgroundMutation({
  args: staffStep,
  returns: v.null(),
  handler: async (ctx, step) => {
    await suspendTenant(ctx, byStaff(step), Date.now());
    return null;
  },
});

/** Opens a suspended or closed company again; an open one stays as it is. For staff. Throws INVALID (reason). */
export const reactivate = backgroundMutation({
  args: staffStep,
  returns: v.null(),
  handler: async (ctx, step) => {
    await closing.reactivate(ctx, byStaff(step), Date.now());
    return null;
  },
});

/** Moves the end of a trial of pro, or begins one. For staff. Throws CONFLICT, INVALID (trialEndsAt, reason). */
export const extendTrial = backgroundMutation({
  args: { ...staffStep, trialEndsAt: v.number() },
  returns: v.null(),
  handler: async (ctx, { trialEndsAt, ...step }) => {
    await trial.extendTrial(ctx, trialEndsAt, byStaff(step), Date.now());
    return null;
  },
});

function asMember(member: Doc<"members">) {
  return { name: member.name, actor: actorOf(member) };
}

function byStaff(step: { staffName: string; reason: string }): {
  actor: AuditActor;
  reason: string;
} {
  return { actor: { kind: "staff", name: step.staffName }, reason: requireReason(step.reason) };
}
