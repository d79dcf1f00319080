import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";

export const functionKind = literals("query", "mutation", "action", "http_action");

/** An hour of a function; times in milliseconds. */
export const functionHour = v.object({
  ...{ calls: v.number(), failed: v.number(), documents: v.number() },
  ...{ p50: v.number(), p95: v.number(), p99: v.number() },
});

/**
 * How one function did on one day, with its 24 hours inside: one row, so that a page of functions
 * costs a page of rows, whatever it is sorted by. Sunup's own measure, of all companies together.
 */
export const functionDays = defineTable({
  path: v.string(),
  kind: functionKind,
  /** When the day began (UTC), ms. */
  day: v.number(),
  calls: v.number(),
  failed: v.number(),
  cached: v.number(),
  /** Runs that met another write and were thrown away, and runs that came after such. */
  conflicts: v.number(),
  retries: v.number(),
  /** Of the runs, not of the answers from the cache; ms. */
  ...{ p50: v.number(), p95: v.number(), p99: v.number(), totalMs: v.number() },
  /** Of all runs together. */
  ...{ documentsRead: v.number(), documentsWritten: v.number() },
  ...{ bytesRead: v.number(), bytesWritten: v.number() },
  /** Read by a run on average, and by the worst. */
  documentsPerCall: v.number(),
  mostDocuments: v.number(),
  mostIndexRanges: v.number(),
  /** Runs over their budget (lib/telemetry/overrun.ts). */
  overruns: v.number(),
  /** Index ranges that each further row costs (lib/telemetry/rowGrowth.ts), and the sums behind it. */
  rangesPerRow: v.number(),
  growth: v.object({
    ...{ calls: v.number(), rows: v.number(), indexRanges: v.number() },
    ...{ rowsSquared: v.number(), rowsTimesRanges: v.number() },
  }),
  /** Durations of the day, and of its hour number `hour`, the newest (lib/telemetry/histogram.ts). */
  histogram: v.array(v.number()),
  hour: v.number(),
  hourHistogram: v.array(v.number()),
  hours: v.array(functionHour),
})
  .index("by_path_day", ["path", "day"])
  .index("by_day_path", ["day", "path"])
  .index("by_day_calls", ["day", "calls"])
  .index("by_day_failed", ["day", "failed"])
  .index("by_day_p95", ["day", "p95"])
  .index("by_day_documents", ["day", "documentsPerCall"])
  .index("by_day_overruns", ["day", "overruns"])
  .index("by_day_rangesPerRow", ["day", "rangesPerRow"]);

/**
 * What one company used in a day or a month, and what that costs Sunup at list prices; without a
 * company, the platform as a whole. Sunup's own measure, never read by a company's function.
 */
export const tenantUsage = defineTable({
  scope: literals("company", "platform"),
  tenant: v.optional(v.id("tenants")),
  /** What the company was called when the period began. */
  name: v.string(),
  /** "2026-11" or "2026-11-23", UTC. */
  period: v.string(),
  /** Calls that succeeded; the platform's row has all. */
  calls: v.number(),
  ...{ bytesRead: v.number(), bytesWritten: v.number() },
  ...{ documentsRead: v.number(), documentsWritten: v.number() },
  /** Time of its queries and mutations, ms. */
  computeMs: v.number(),
  egressBytes: v.number(),
  /** US dollars at the list prices of lib/prices.ts; without stored data. */
  cost: v.number(),
  /** Files that the company kept when that was counted last in the period; not in `cost`. */
  storedBytes: v.optional(v.number()),
})
  .index("by_tenant_period", ["tenant", "period"])
  .index("by_scope_period_cost", ["scope", "period", "cost"]);
