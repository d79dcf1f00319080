import {
  type EntitlementOverride,
  entitlementsOf,
  isInForce,
  type OverrideTarget,
  type OverrideValue,
  sameTarget,
} from "@/lib/entitlements";
import { FEATURE_NAMES, LIMIT_NAMES } from "@/lib/planWords";
import { FEATURES, type Limits, type PlanId } from "@/lib/plans";

/** A limit or feature of a company: what the plan gives, what is in force, and what staff set. */
export type Entitlement = {
  name: string;
  target: OverrideTarget;
  planned: OverrideValue;
  now: OverrideValue;
  /** Also one whose time is over. */
  override: EntitlementOverride | null;
  expired: boolean;
};

type Entitled = { plan: PlanId; overrides?: readonly EntitlementOverride[] };

/** Every limit and feature at this moment (milliseconds), in the order of the price list. */
export function entitlementRows(tenant: Entitled, moment: number): Entitlement[] {
  const planned = entitlementsOf({ plan: tenant.plan }, moment);
  const own = entitlementsOf(tenant, moment);
  const limits = Object.keys(LIMIT_NAMES) as (keyof Limits)[];
  const rows = [
    ...limits.map((limit) => ({
      name: LIMIT_NAMES[limit],
      target: { limit },
      planned: { limit, value: planned.limits[limit] },
      now: { limit, value: own.limits[limit] },
    })),
    ...FEATURES.map((feature) => ({
      name: FEATURE_NAMES[feature],
      target: { feature },
      planned: { feature, on: planned.features.includes(feature) },
      now: { feature, on: own.features.includes(feature) },
    })),
  ];
  return rows.map((row) => {
    const override = tenant.overrides?.findLast((each) => sameTarget(each, row.target)) ?? null;
    return { ...row, override, expired: override !== null && !isInForce(override, moment) };
  });
}
