import { entitlementsOf } from "../../lib/entitlements";
import { DAY_MS } from "../../lib/days";
import { limitOf, periodOf, type UsageMetric } from "../../lib/usage";
import type { Doc } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";
import type { ScopedReader } from "../tenancy/scopedDb";
import { timeZoneOf } from "./company";

/** So many rows are recounted at most; a company with more has a plan without this limit. */
const MOST_COUNTED = 5_000;

/** No month is longer, wherever it begins. */
const LONGEST_MONTH_MS = 32 * DAY_MS;

type Recount = (db: ScopedReader, now: number, timeZone: string) => Promise<number | undefined>;

/** How a counter is made anew from the rows behind it; undefined when they are too many to count. */
const RECOUNTS: Partial<Record<UsageMetric, Recount>> = {
  users: async (db) => {
    const active = await db
      .query("members")
      .withIndex("by_tenant_status_roles", (q) => q.eq("status", "active"))
      .take(MOST_COUNTED);
    const pending = await db
      .query("invitations")
      .withIndex("by_tenant_status", (q) => q.eq("status", "pending"))
      .take(MOST_COUNTED);
    return within(active.length + pending.length);
  },
  storageBytes: async (db) => {
    const files = await db.query("files").withIndex("by_tenant").take(MOST_COUNTED);
    return files.length < MOST_COUNTED ? files.reduce((sum, { size }) => sum + size, 0) : undefined;
  },
  leads: async (db, now, timeZone) => {
    const latest = await db
      .query("leads")
      .withIndex("by_tenant", (q) => q.gt("_creationTime", now - LONGEST_MONTH_MS))
      .take(MOST_COUNTED);
    const month = periodOf("leads", now, timeZone);
    // Oldest first: the month begins behind the last lead of another one.
    const lastOfBefore = latest.findLastIndex(
      ({ _creationTime }) => periodOf("leads", _creationTime, timeZone) !== month,
    );
    return latest.length < MOST_COUNTED ? latest.length - lastOfBefore - 1 : undefined;
  },
};

/** A counter that did not agree with the rows behind it. */
export type Drift = { metric: UsageMetric; counted: number; actual: number };

/**
 * Recounts what has a limit, and mends the counters that differ. In the transaction that
 * counts, so nothing that happens meanwhile is lost.
 */
export async function mendUsage(
  { db, tenant }: Pick<TenantWriteCtx, "db"> & { tenant: Doc<"tenants"> },
  now: number,
): Promise<Drift[]> {
  const { limits } = entitlementsOf(tenant, now);
  const timeZone = await timeZoneOf(db);
  const drifts: Drift[] = [];
  for (const [name, recount] of Object.entries(RECOUNTS)) {
    const metric = name as UsageMetric;
    if (limitOf(limits, metric) === null) continue;
    const actual = await recount(db, now, timeZone);
    const period = periodOf(metric, now, timeZone);
    const row = await db
      .query("usage")
      .withIndex("by_tenant_period_metric", (q) => q.eq("period", period).eq("metric", metric))
      .unique();
    if (row === null || actual === undefined || row.value === actual) continue;
    await db.patch("usage", row._id, { value: actual });
    drifts.push({ metric, counted: row.value, actual });
  }
  return drifts;
}

function within(count: number): number | undefined {
  return count < MOST_COUNTED ? count : undefined;
}
