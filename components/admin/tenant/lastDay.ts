import { DAY_MS } from "@/lib/days";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The end of a day that was typed ("2026-12-01", where Sunup's clocks are), in milliseconds; none for "". */
export function endOfDay(day: string): number | undefined {
  return DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) + DAY_MS : undefined;
}

/** The last day of what ends at that moment, as its input holds it. */
export function lastDayOf(endsAt: number | undefined): string {
  return endsAt === undefined ? "" : new Date(endsAt - 1).toISOString().slice(0, 10);
}
