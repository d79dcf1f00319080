/** Billing periods, in seconds since 1970 and in UTC, as Stripe counts them. */

const DAY = 24 * 60 * 60;

export interface Period {
  start: number;
  end: number;
}

export interface Interval {
  interval: string;
  interval_count: number;
}

/**
 * The moment `count` intervals after the anchor. Months and years keep the anchor's day of the month,
 * or take the month's last day where there is none: January 31st, February 28th, March 31st.
 */
export function afterIntervals(
  anchor: number,
  { interval, interval_count }: Interval,
  count: number,
): number {
  const total = interval_count * count;
  if (interval === "day") return anchor + total * DAY;
  if (interval === "week") return anchor + total * 7 * DAY;
  const date = new Date(anchor * 1000);
  const months = date.getUTCMonth() + (interval === "year" ? 12 * total : total);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), months + 1, 0)).getUTCDate();
  const day = Math.min(date.getUTCDate(), lastDay);
  const midnight = Date.UTC(date.getUTCFullYear(), months, day) / 1000;
  return midnight + (anchor % DAY);
}

/** The first end of a period, counted from the anchor, that is later than `after`. */
export function nextPeriodEnd(anchor: number, interval: Interval, after: number): number {
  let count = 1;
  while (afterIntervals(anchor, interval, count) <= after) count += 1;
  return afterIntervals(anchor, interval, count);
}

/** The part of an amount that falls on the rest of the period, rounded to whole cents. */
export function shareOfRest(amount: number, { start, end }: Period, from: number): number {
  if (end <= start) return 0;
  return Math.round((amount * Math.max(0, end - from)) / (end - start));
}
