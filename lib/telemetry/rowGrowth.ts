/**
 * Finds the N+1: a function that reads one more index range for each row that it answers with.
 * Sums of a straight line through (rows, index ranges) of its calls; sums add up over batches.
 */
export type RowGrowth = {
  calls: number;
  rows: number;
  indexRanges: number;
  rowsSquared: number;
  rowsTimesRanges: number;
};

export const NO_GROWTH: RowGrowth = {
  ...{ calls: 0, rows: 0, indexRanges: 0 },
  ...{ rowsSquared: 0, rowsTimesRanges: 0 },
};

/** Fewer calls than these prove nothing. */
const FEWEST_CALLS = 3;

/** Nor do answers of nearly the same length: the spread of rows, as a variance. */
const SMALLEST_VARIANCE = 2;

export function withCall(sums: RowGrowth, rows: number, indexRanges: number): RowGrowth {
  return addGrowth(sums, {
    ...{ calls: 1, rows, indexRanges },
    ...{ rowsSquared: rows * rows, rowsTimesRanges: rows * indexRanges },
  });
}

export function addGrowth(a: RowGrowth, b: RowGrowth): RowGrowth {
  return {
    calls: a.calls + b.calls,
    rows: a.rows + b.rows,
    indexRanges: a.indexRanges + b.indexRanges,
    rowsSquared: a.rowsSquared + b.rowsSquared,
    rowsTimesRanges: a.rowsTimesRanges + b.rowsTimesRanges,
  };
}

/** Index ranges that each further row costs; 0 as long as too few different answers were seen. */
export function rangesPerRow(sums: RowGrowth): number {
  const { calls, rows, indexRanges, rowsSquared, rowsTimesRanges } = sums;
  if (calls < FEWEST_CALLS) return 0;
  const variance = rowsSquared / calls - (rows / calls) ** 2;
  if (variance < SMALLEST_VARIANCE) return 0;
  const covariance = rowsTimesRanges / calls - (rows / calls) * (indexRanges / calls);
  return Math.max(0, Math.round((covariance / variance) * 100) / 100);
}

/** From here on somebody should look. */
export function growsWithRows(perRow: number): boolean {
  return perRow >= 0.5;
}
