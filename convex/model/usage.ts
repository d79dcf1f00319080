import { entitlementsOf } from "../../lib/entitlements";
import { type ErrorData, sunupErrorData } from "../../lib/errors";
import { isStanding, limitOf, limitWords, periodOf, STANDING, type Usage } from "../../lib/usage";
import type { UsageMetric } from "../../lib/usage";
import { ConvexError } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedReader, ScopedWriter } from "../tenancy/scopedDb";
import { timeZoneOf } from "./company";

/**
 * The counters behind the plan's limits. Whoever makes what is counted takes it here first, in
 * the same transaction: two at once meet on the counter's row, so a limit is exact.
 */

/** The company, and its database. */
type Read = { tenant: Pick<Doc<"tenants">, "plan" | "overrides">; db: ScopedReader };
type Write = Read & { db: ScopedWriter };

/** How much is used of a metric, of how much. `now` in milliseconds; it says which month. */
export async function readUsage(
  { db, tenant }: Read,
  metric: UsageMetric,
  now: number,
): Promise<Usage> {
  const { row } = await counterAt(db, metric, now);
  return { used: row?.value ?? 0, limit: limitOf(entitlementsOf(tenant, now).limits, metric) };
}

/** Takes `count`, all or none. Throws LIMIT_REACHED with what is left and what to do. */
export async function takeUsage(
  ctx: Write,
  metric: UsageMetric,
  count: number,
  now: number,
): Promise<void> {
  const refused = await tryTakeUsage(ctx, metric, count, now);
  if (refused !== null) throw new ConvexError(refused);
}

/** The same for whoever must go on after a refusal: answers with it, and has taken nothing then. */
export async function tryTakeUsage(
  { db, tenant }: Write,
  metric: UsageMetric,
  count: number,
  now: number,
): Promise<ErrorData | null> {
  const { period, row } = await counterAt(db, metric, now);
  const used = row?.value ?? 0;
  const limit = limitOf(entitlementsOf(tenant, now).limits, metric);
  if (limit !== null && used + count > limit) {
    return sunupErrorData("LIMIT_REACHED", limitWords(metric, { used, limit }, count));
  }
  await setCounter(db, { period, metric, row, value: used + count });
  return null;
}

/** Gives back what stands: people who left, bytes that were deleted. A month's count is never given back. */
export async function freeUsage(
  db: ScopedWriter,
  metric: "users" | "storageBytes",
  count: number,
): Promise<void> {
  const row = await counter(db, STANDING, metric);
  if (row) await db.patch("usage", row._id, { value: Math.max(0, row.value - count) });
}

async function counterAt(db: ScopedReader, metric: UsageMetric, now: number) {
  const period = isStanding(metric) ? STANDING : periodOf(metric, now, await timeZoneOf(db));
  return { period, row: await counter(db, period, metric) };
}

async function counter(
  db: ScopedReader,
  period: string,
  metric: UsageMetric,
): Promise<Doc<"usage"> | null> {
  return await db
    .query("usage")
    .withIndex("by_tenant_period_metric", (q) => q.eq("period", period).eq("metric", metric))
    .unique();
}

async function setCounter(
  db: ScopedWriter,
  {
    row,
    ...next
  }: { row: { _id: Id<"usage"> } | null } & Pick<Doc<"usage">, "period" | "metric" | "value">,
): Promise<void> {
  if (row === null) await db.insert("usage", next);
  else await db.patch("usage", row._id, { value: next.value });
}
