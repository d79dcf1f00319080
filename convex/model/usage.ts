import { STANDING, type UsageMetric } from "../tables/usage";

/** The period under which a metric is counted at this moment: a month (UTC), or STANDING. */
export function periodOf(metric: UsageMetric, now: number): string {
  const stands = metric === "users" || metric === "storageBytes";
  return stands ? STANDING : new Date(now).toISOString().slice(0, 7);
}
