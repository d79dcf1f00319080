import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";
import { DAY_MS } from "@/lib/days";
import { FUNCTION_SORTS, type FunctionSort } from "@/lib/telemetry/functionSort";

/** A function on a day, as the staff's pages show it. */
export type FunctionDay = FunctionReturnType<typeof api.staff.performance.history>[number];

export const SORT_NAMES: Record<FunctionSort, string> = {
  calls: "Calls",
  failed: "Errors",
  p95: "p95",
  documents: "Documents a call",
  overruns: "Over budget",
  rangesPerRow: "Ranges a row",
  path: "Function",
};

/** Days that a reader may choose from: figures are kept longer, but nobody leafs further. */
const DAYS_TO_CHOOSE = 14;

const COUNT = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
const SHORT = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 1 });

export function countWords(count: number): string {
  return COUNT.format(count);
}

/** 12,345 as "12.3K". */
export function shortCount(count: number): string {
  return SHORT.format(count);
}

/** "4.2 ms", or "1.3 s". */
export function durationWords(milliseconds: number): string {
  return milliseconds < 1000
    ? `${COUNT.format(milliseconds)} ms`
    : `${COUNT.format(milliseconds / 1000)} s`;
}

/** The day that `now` is in and those before it, newest first: their beginnings in UTC, ms. */
export function daysUntil(now: number): number[] {
  const today = now - (now % DAY_MS);
  return Array.from({ length: DAYS_TO_CHOOSE }, (_, back) => today - back * DAY_MS);
}

/** "2026-11-23" */
export function dayName(day: number): string {
  return new Date(day).toISOString().slice(0, 10);
}

/** What the address asks for; whatever is no answer is today, by calls. */
export function choiceFrom(address: URLSearchParams, now: number): Choice {
  const days = daysUntil(now);
  const day = days.find((each) => dayName(each) === address.get("day")) ?? days[0]!;
  const sort = FUNCTION_SORTS.find((each) => each === address.get("sort")) ?? "calls";
  return { day, sort };
}

export type Choice = { day: number; sort: FunctionSort };

export function choiceHref({ day, sort }: Choice): string {
  return `/admin/performance?${new URLSearchParams({ day: dayName(day), sort }).toString()}`;
}
