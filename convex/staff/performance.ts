import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { growsWithRows } from "../../lib/telemetry/rowGrowth";
import { FUNCTION_SORTS } from "../../lib/telemetry/functionSort";
import type { Doc } from "../_generated/dataModel";
import schema from "../schema";
import { functionHour } from "../tables/performance";
import { staffQuery } from "../tenancy/functions";

/** So many days of one function. */
const HISTORY_DAYS = 30;

/** So many of each kind of offender. */
const WORST = 3;

const { fields } = schema.tables.functionDays.validator;
const functionDay = v.object({
  ...{ path: fields.path, kind: fields.kind, day: fields.day },
  ...{ calls: v.number(), failed: v.number(), cached: v.number() },
  ...{ conflicts: v.number(), retries: v.number() },
  ...{ p50: v.number(), p95: v.number(), p99: v.number() },
  ...{ documentsPerCall: v.number(), mostDocuments: v.number(), mostIndexRanges: v.number() },
  ...{ documentsWritten: v.number(), bytesRead: v.number(), bytesWritten: v.number() },
  ...{ overruns: v.number(), rangesPerRow: v.number() },
  hours: v.array(functionHour),
});

const day = v.number();

/**
 * The functions that ran on a day (its beginning in UTC, ms), greatest first by what is asked for.
 * Staff only. Throws UNAUTHENTICATED, NOT_FOUND.
 */
export const functions = staffQuery({
  level: "support",
  args: { day, sort: literals(...FUNCTION_SORTS), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(functionDay),
  handler: async ({ platform }, { day, sort, paginationOpts }) => {
    const order = sort === "path" ? "asc" : "desc";
    const ordered = platform
      .query("functionDays")
      .withIndex(`by_day_${sort}`, (q) => q.eq("day", day))
      .order(order);
    const result = await ordered.paginate(paginationOpts);
    return { ...result, page: result.page.map(shown) };
  },
});

/** One function's last 30 days, newest first. Staff only. Throws UNAUTHENTICATED, NOT_FOUND. */
export const history = staffQuery({
  level: "support",
  args: { path: v.string() },
  returns: v.array(functionDay),
  handler: async ({ platform }, { path }) => {
    const rows = await platform
      .query("functionDays")
      .withIndex("by_path_day", (q) => q.eq("path", path))
      .order("desc")
      .take(HISTORY_DAYS);
    return rows.map(shown);
  },
});

/**
 * The functions of a day that somebody should look at: over their budget, failing, or reading one
 * more index range for each row. Staff only. Throws UNAUTHENTICATED, NOT_FOUND.
 */
export const offenders = staffQuery({
  level: "support",
  args: { day },
  returns: v.object({
    overruns: v.array(functionDay),
    failed: v.array(functionDay),
    growing: v.array(functionDay),
  }),
  handler: async ({ platform }, { day }) => {
    const worst = async (index: "by_day_overruns" | "by_day_failed" | "by_day_rangesPerRow") =>
      await platform
        .query("functionDays")
        .withIndex(index, (q) => q.eq("day", day))
        .order("desc")
        .take(WORST);
    const overruns = await worst("by_day_overruns");
    const failed = await worst("by_day_failed");
    const growing = await worst("by_day_rangesPerRow");
    return {
      overruns: overruns.filter((row) => row.overruns > 0).map(shown),
      failed: failed.filter((row) => row.failed > 0).map(shown),
      growing: growing.filter(({ rangesPerRow }) => growsWithRows(rangesPerRow)).map(shown),
    };
  },
});

/** When the log stream was last heard, ms; null as long as it never was. Staff only. Throws UNAUTHENTICATED, NOT_FOUND. */
export const heardAt = staffQuery({
  level: "support",
  args: {},
  returns: v.union(v.number(), v.null()),
  handler: async ({ platform }) =>
    (await platform.query("logStreamState").first())?.heardAt ?? null,
});

function shown(row: Doc<"functionDays">) {
  const { path, kind, day, calls, failed, cached, conflicts, retries, p50, p95, p99, hours } = row;
  const { documentsPerCall, mostDocuments, mostIndexRanges, documentsWritten } = row;
  const { bytesRead, bytesWritten, overruns, rangesPerRow } = row;
  return {
    ...{ path, kind, day, calls, failed, cached, conflicts, retries, p50, p95, p99, hours },
    ...{ documentsPerCall, mostDocuments, mostIndexRanges, documentsWritten },
    ...{ bytesRead, bytesWritten, overruns, rangesPerRow },
  };
}
