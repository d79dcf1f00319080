import { DAY_MS } from "../../../lib/days";
import { type FunctionTally, HOUR_MS } from "../../../lib/telemetry/functionTally";
import {
  addHistograms,
  emptyHistogram,
  type Histogram,
  percentileOf,
} from "../../../lib/telemetry/histogram";
import { addGrowth, NO_GROWTH, rangesPerRow } from "../../../lib/telemetry/rowGrowth";
import type { Doc } from "../../_generated/dataModel";
import type { SystemCtx } from "../../tenancy/functions";

type Day = Omit<Doc<"functionDays">, "_id" | "_creationTime">;
type Ctx = Pick<SystemCtx, "platform">;

/** Adds what a batch says about one function in one hour to the function's day. */
export async function addToFunctionDay({ platform }: Ctx, tally: FunctionTally): Promise<void> {
  const day = startOfDay(tally.hour);
  const row = await platform
    .query("functionDays")
    .withIndex("by_path_day", (q) => q.eq("path", tally.path).eq("day", day))
    .unique();
  if (row === null) await platform.insert("functionDays", withTally(emptyDay(tally, day), tally));
  else await platform.patch("functionDays", row._id, withTally(row, tally));
}

export function startOfDay(at: number): number {
  return at - (at % DAY_MS);
}

function withTally(day: Day, tally: FunctionTally): Day {
  const histogram = addHistograms(day.histogram, tally.histogram);
  const growth = addGrowth(day.growth, tally.growth);
  const calls = day.calls + tally.calls;
  const cached = day.cached + tally.cached;
  const documentsRead = day.documentsRead + tally.documentsRead;
  return {
    ...{ path: day.path, kind: day.kind, day: day.day, calls, cached, documentsRead },
    failed: day.failed + tally.failed,
    conflicts: day.conflicts + tally.conflicts,
    retries: day.retries + tally.retries,
    ...percentilesOf(histogram),
    totalMs: day.totalMs + tally.totalMs,
    documentsWritten: day.documentsWritten + tally.documentsWritten,
    bytesRead: day.bytesRead + tally.bytesRead,
    bytesWritten: day.bytesWritten + tally.bytesWritten,
    documentsPerCall: perRun(documentsRead, calls - cached),
    mostDocuments: Math.max(day.mostDocuments, tally.mostDocuments),
    mostIndexRanges: Math.max(day.mostIndexRanges, tally.mostIndexRanges),
    overruns: day.overruns + tally.overruns.length,
    rangesPerRow: rangesPerRow(growth),
    growth,
    histogram,
    ...hoursWith(day, tally),
  };
}

/**
 * The day's hours with one more batch. Only the newest hour has its histogram, so a batch that
 * comes late adds to its hour's counts and leaves that hour's percentiles as they are.
 */
function hoursWith(day: Day, tally: FunctionTally): Pick<Day, "hour" | "hourHistogram" | "hours"> {
  const hour = (tally.hour - day.day) / HOUR_MS;
  const isLate = hour < day.hour;
  const before = hour === day.hour ? day.hourHistogram : emptyHistogram();
  const hourHistogram = isLate ? day.hourHistogram : addHistograms(before, tally.histogram);
  const hours = day.hours.map((each, index) =>
    index === hour
      ? {
          ...each,
          calls: each.calls + tally.calls,
          failed: each.failed + tally.failed,
          documents: each.documents + tally.documentsRead,
          ...(isLate ? {} : percentilesOf(hourHistogram)),
        }
      : each,
  );
  return { hour: Math.max(hour, day.hour), hourHistogram, hours };
}

function percentilesOf(histogram: Histogram) {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentileOf(histogram, share));
  return { p50: p50!, p95: p95!, p99: p99! };
}

function perRun(total: number, runs: number): number {
  return runs === 0 ? 0 : Math.round((total / runs) * 10) / 10;
}

function emptyDay({ path, kind }: FunctionTally, day: number): Day {
  const hour = { calls: 0, failed: 0, documents: 0, p50: 0, p95: 0, p99: 0 };
  return {
    ...{ path, kind, day, calls: 0, failed: 0, cached: 0, conflicts: 0, retries: 0 },
    ...{ p50: 0, p95: 0, p99: 0, totalMs: 0, documentsRead: 0, documentsWritten: 0 },
    ...{ bytesRead: 0, bytesWritten: 0, documentsPerCall: 0, mostDocuments: 0 },
    ...{ mostIndexRanges: 0, overruns: 0, rangesPerRow: 0, growth: NO_GROWTH },
    ...{ histogram: emptyHistogram(), hour: 0, hourHistogram: emptyHistogram() },
    hours: new Array(24).fill(hour) as Day["hours"],
  };
}
