import type { PlanId } from "../../lib/plans.ts";

/** What a company's row says of a plan that Sunup's staff gave it. */
export function givenPlan(plan: PlanId) {
  return { plan, planGrant: { plan, reason: "Agreed with sales", by: "Sam", at: 0 } };
}
