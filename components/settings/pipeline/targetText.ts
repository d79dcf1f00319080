/** How long a job should stay in a stage at most, in words. */
export function targetText(targetDays: number): string {
  if (targetDays === 0) return "No target";
  return targetDays === 1 ? "Target 1 day" : `Target ${targetDays} days`;
}
