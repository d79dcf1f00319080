/** A day in milliseconds. */
export const DAY_MS = 24 * 60 * 60 * 1000;

/** Whole days from `since` to `now`, both in milliseconds; never negative, clocks differ. */
export function daysBetween(since: number, now: number): number {
  return Math.max(0, Math.floor((now - since) / DAY_MS));
}
