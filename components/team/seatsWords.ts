import { PLAN_IDS, PLANS, type PlanId } from "@/lib/plans";
import type { Seats } from "./types";

/** "3 of 10 places used". */
export function seatsWords({ used, limit }: Seats): string {
  if (limit === null) return used === 1 ? "1 place used" : `${used} places used`;
  return `${used} of ${limit} ${limit === 1 ? "place" : "places"} used`;
}

/** What the number means, and when no place is left, what to do. */
export function seatsAdvice({ used, limit }: Seats, plan: PlanId): string {
  const { name } = PLANS[plan];
  if (limit === null) return `Your plan, ${name}, has no limit.`;
  if (used < limit) return "Everybody with access and every pending invitation takes one.";
  const larger = PLAN_IDS.slice(PLAN_IDS.indexOf(plan) + 1).map((id) => PLANS[id])[0];
  if (!larger) return "Turn off somebody’s access or withdraw an invitation to make room.";
  const room =
    larger.limits.users === null ? "as many as you like" : `${larger.limits.users} people`;
  const upgrade = `${larger.name} has room for ${room}.`;
  return limit === 1
    ? `${name} is for one person. ${upgrade}`
    : `Turn off somebody’s access or withdraw an invitation, or choose a larger plan: ${upgrade}`;
}
