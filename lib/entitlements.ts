import { type Feature, FEATURES, type Limits, type PlanId, PLANS } from "./plans.ts";

/**
 * What a company may use: what its plan gives (a trial is a plan with an end), and what Sunup's
 * staff have changed for this company alone. The server refuses by it, the browser shows by it.
 */
export type Entitlements = {
  plan: PlanId;
  limits: Limits;
  features: Feature[];
};

/** Why staff set something for a company, who did and when; times in milliseconds. */
export type SetByStaff = { reason: string; by: string; at: number; expiresAt?: number };

/** One limit or feature that staff set for a company, for good or until a moment. */
export type EntitlementOverride = Partial<SetByStaff> & OverrideValue;

/** What an override sets: a limit, null for none, or a feature on or off. */
export type OverrideValue =
  { limit: keyof Limits; value: number | null } | { feature: Feature; on: boolean };

/** What an override is of. */
export type OverrideTarget = { limit: keyof Limits } | { feature: Feature };

/** A plan that staff gave a company, whatever it pays for, for good or until a moment. */
export type PlanGrant = SetByStaff & { plan: PlanId };

/**
 * The plan that is in force. What staff gave comes first, then what is paid for (null for
 * nothing; a price that Sunup does not know leaves the plan as it is), then a trial that runs.
 */
export function planInForce(
  { plan, planGrant, trialEndsAt }: { plan: PlanId; planGrant?: PlanGrant; trialEndsAt?: number },
  paid: { plan: PlanId | null } | null,
): PlanId {
  if (planGrant) return planGrant.plan;
  if (paid) return paid.plan ?? plan;
  return trialEndsAt === undefined ? "starter" : plan;
}

/** True when the override is in force at that moment (milliseconds). */
export function isInForce({ expiresAt }: { expiresAt?: number }, now: number): boolean {
  return expiresAt === undefined || now < expiresAt;
}

/** True when both are of the same limit or feature. */
export function sameTarget(one: OverrideTarget, other: OverrideTarget): boolean {
  if ("limit" in one) return "limit" in other && one.limit === other.limit;
  return "feature" in other && one.feature === other.feature;
}

/** What a company's row in `tenants` says of it. */
type Entitled = { plan: PlanId; overrides?: readonly EntitlementOverride[] };

/** What the company may use at this moment. A later override of the same thing beats an earlier one. */
export function entitlementsOf({ plan, overrides = [] }: Entitled, now: number): Entitlements {
  const limits: Limits = { ...PLANS[plan].limits };
  const features = new Set(PLANS[plan].features);
  for (const each of overrides) {
    if (!isInForce(each, now)) continue;
    if ("limit" in each) limits[each.limit] = each.value;
    else if (each.on) features.add(each.feature);
    else features.delete(each.feature);
  }
  return { plan, limits, features: FEATURES.filter((feature) => features.has(feature)) };
}
