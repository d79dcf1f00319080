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

/** One limit or feature that staff set for a company, for good or until a moment (milliseconds). */
export type EntitlementOverride = { expiresAt?: number } & (
  { limit: keyof Limits; value: number | null } | { feature: Feature; on: boolean }
);

/** What a company's row in `tenants` says of it. */
type Entitled = { plan: PlanId; overrides?: readonly EntitlementOverride[] };

/** What the company may use at this moment. A later override of the same thing beats an earlier one. */
export function entitlementsOf({ plan, overrides = [] }: Entitled, now: number): Entitlements {
  const limits: Limits = { ...PLANS[plan].limits };
  const features = new Set(PLANS[plan].features);
  for (const each of overrides) {
    if (each.expiresAt !== undefined && each.expiresAt <= now) continue;
    if ("limit" in each) limits[each.limit] = each.value;
    else if (each.on) features.add(each.feature);
    else features.delete(each.feature);
  }
  return { plan, limits, features: FEATURES.filter((feature) => features.has(feature)) };
}
