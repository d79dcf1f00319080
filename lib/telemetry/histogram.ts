/**
 * Durations in few numbers: how many fell below each bound. Two histograms add up, which
 * percentiles do not, so a day's percentiles can be kept without keeping its calls.
 */

/** Upper bounds in milliseconds; the last bucket has none. */
const BOUNDS = [
  ...[1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70],
  ...[100, 150, 200, 300, 500, 700, 1_000, 2_000, 5_000],
];

export type Histogram = number[];

export function emptyHistogram(): Histogram {
  return new Array<number>(BOUNDS.length + 1).fill(0);
}

/** Counts one duration, in milliseconds. */
export function addDuration(histogram: Histogram, milliseconds: number): void {
  const found = BOUNDS.findIndex((bound) => milliseconds < bound);
  const bucket = found < 0 ? BOUNDS.length : found;
  histogram[bucket] = (histogram[bucket] ?? 0) + 1;
}

export function addHistograms(a: Histogram, b: Histogram): Histogram {
  return a.map((count, bucket) => count + (b[bucket] ?? 0));
}

/**
 * The duration that `share` (0 to 1) of the calls did not exceed, in milliseconds, exact to the
 * bucket, and as if its calls lay evenly within it; the lower bound in the open last one. 0 for no calls.
 */
export function percentileOf(histogram: Histogram, share: number): number {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  const wanted = Math.max(1, Math.ceil(total * share));
  let below = 0;
  for (const [bucket, count] of histogram.entries()) {
    if (below + count >= wanted) {
      const lower = BOUNDS[bucket - 1] ?? 0;
      const upper = BOUNDS[bucket] ?? lower;
      return Math.round((lower + ((upper - lower) * (wanted - below - 0.5)) / count) * 10) / 10;
    }
    below += count;
  }
  return BOUNDS.at(-1)!;
}
