/** What the staff's table of functions is ordered by: greatest first, but names from A. */
export const FUNCTION_SORTS = [
  "calls",
  "failed",
  "p95",
  "documents",
  "overruns",
  "rangesPerRow",
  "path",
] as const;
export type FunctionSort = (typeof FUNCTION_SORTS)[number];
