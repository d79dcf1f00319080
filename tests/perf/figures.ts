/** Prints one figure as the bench does: one JSON object a line. */
export function report(name: string, value: number, unit: string): void {
  const rounded = Math.round(value * 100) / 100;
  console.log(JSON.stringify({ name, value: rounded, unit }));
}

/** The value that `share` (0 to 1) of the samples do not exceed. Throws on no samples. */
export function percentile(samples: number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (value === undefined) throw new Error("Nothing was measured.");
  return value;
}
