import { isStanding, type UsageMetric } from "../../lib/usage";
import type { ScopedReader } from "../tenancy/scopedDb";

/** How many months a history shows, the present one included. */
const MONTHS = 6;

/** A month's name, as "2026-11", and what was used in it, in the metric's own unit. */
type Month = { period: string; value: number };

/**
 * The last months in which anything was used, oldest first; none for what is not counted by the month.
 */
export async function usageHistory(db: ScopedReader, metric: UsageMetric): Promise<Month[]> {
  if (isStanding(metric)) return [];
  const rows = await db
    .query("usage")
    .withIndex("by_tenant_metric_period", (q) => q.eq("metric", metric))
    .order("desc")
    .take(MONTHS);
  return rows.map(({ period, value }) => ({ period, value })).reverse();
}
