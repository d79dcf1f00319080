import { v } from "convex/values";
import type { OverrideTarget, OverrideValue } from "../../lib/entitlements";
import * as closing from "../model/closing";
import * as overrides from "../model/overrides";
import * as planGrants from "../model/planGrants";
import { suspend as suspendTenant } from "../model/tenantStatus";
import { takeStep } from "../model/tenantSteps";
import * as trial from "../model/trial";
import { overrideTarget, overrideValue, planId } from "../tables/tenants";
import { staffMutation } from "../tenancy/functions";

/**
 * What staff change of a company. Each step names the revision of the company that they saw and
 * gives a reason, and stands in the platform's trail and in the company's own. All need an
 * operator, and throw UNAUTHENTICATED, NOT_FOUND, STALE (another of the staff changed it
 * meanwhile), INVALID (reason) beside what they say.
 */
const step = { tenantId: v.id("tenants"), revision: v.number(), reason: v.string() };

/** Shuts a company: its members read the reason at once. Throws CONFLICT when it is shut. */
export const suspend = staffMutation({
  level: "operator",
  args: step,
  returns: v.null(),
  handler: async (ctx, given) => {
    await takeStep(ctx, given, "tenant.suspended", (open, by) =>
      suspendTenant(open, by, Date.now()),
    );
    return null;
  },
});

/** Opens a suspended or closed company again; an open one stays as it is. */
export const reactivate = staffMutation({
  level: "operator",
  args: step,
  returns: v.null(),
  handler: async (ctx, given) => {
    await takeStep(ctx, given, "tenant.reactivated", (open, by) =>
      closing.reactivate(open, by, Date.now()),
    );
    return null;
  },
});

/** Moves the end of a trial of Pro, or begins one. Throws CONFLICT, INVALID (trialEndsAt). */
export const extendTrial = staffMutation({
  level: "operator",
  args: { ...step, trialEndsAt: v.number() },
  returns: v.null(),
  handler: async (ctx, { trialEndsAt, ...given }) => {
    await takeStep(ctx, given, "tenant.trialExtended", (open, by) =>
      trial.extendTrial(open, trialEndsAt, by, Date.now()),
    );
    return null;
  },
});

/**
 * Begins the closing of a company, with the days to think again that its own administrators have.
 * Throws INVALID (companyName), CONFLICT.
 */
export const close = staffMutation({
  level: "operator",
  args: { ...step, companyName: v.string() },
  returns: v.null(),
  handler: async (ctx, { companyName, ...given }) => {
    await takeStep(ctx, given, "tenant.closing", (open, { name, actor, reason }) =>
      closing.requestClosing(open, { name, actor }, { companyName, reason }, Date.now()),
    );
    return null;
  },
});

/** Takes a closing back; without one it does nothing. */
export const keep = staffMutation({
  level: "operator",
  args: step,
  returns: v.null(),
  handler: async (ctx, given) => {
    await takeStep(ctx, given, "tenant.kept", (open, by) => closing.withdrawClosing(open, by));
    return null;
  },
});

/** Gives a company a plan, whatever it pays for, for good or until `expiresAt`. Throws INVALID (expiresAt). */
export const givePlan = staffMutation({
  level: "operator",
  args: { ...step, plan: planId, expiresAt: v.optional(v.number()) },
  returns: v.null(),
  handler: async (ctx, { plan, expiresAt, ...given }) => {
    await takeStep(ctx, given, "tenant.planGiven", (open, by) =>
      planGrants.grantPlan(open, { plan, expiresAt }, by, Date.now()),
    );
    return null;
  },
});

/** Takes a given plan back: the company has what it pays for again. */
export const takePlanBack = staffMutation({
  level: "operator",
  args: step,
  returns: v.null(),
  handler: async (ctx, given) => {
    await takeStep(ctx, given, "tenant.planTakenBack", planGrants.endPlanGrant);
    return null;
  },
});

/** Sets a limit or feature for this company alone. Throws INVALID (value, expiresAt). */
export const setOverride = staffMutation({
  level: "operator",
  args: { ...step, override: overrideValue, expiresAt: v.optional(v.number()) },
  returns: v.null(),
  handler: async (ctx, { override, expiresAt, ...given }) => {
    const wanted: OverrideValue = override;
    await takeStep(ctx, given, "tenant.overrideSet", (open, by) =>
      overrides.setOverride(open, { ...wanted, expiresAt }, by, Date.now()),
    );
    return null;
  },
});

/** Lets a limit or feature follow the plan again. */
export const resetOverride = staffMutation({
  level: "operator",
  args: { ...step, target: overrideTarget },
  returns: v.null(),
  handler: async (ctx, { target, ...given }) => {
    const wanted: OverrideTarget = target;
    await takeStep(ctx, given, "tenant.overrideReset", (open, by) =>
      overrides.resetOverride(open, wanted, by),
    );
    return null;
  },
});
