/** A day in milliseconds. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/** Whole days from `since` to `now`, both in milliseconds; never negative, clocks differ. */
export function daysBetween(since: number, now: number): number {
  return Math.max(0, Math.floor((now - since) / DAY_MS));
}

/** The day that a moment belongs to in a time zone, such as "2026-11-23". */
export function dayIn(timeZone: string, milliseconds: number): string {
  // Sweden writes its days as ISO 8601 does.
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(milliseconds);
}
