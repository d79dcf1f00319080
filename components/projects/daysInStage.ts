/** How long a job has been in its stage, beside the stage's target in days (0: it may stay). */
export function stageAge(days: number, targetDays: number): { text: string; late: boolean } {
  const age =
    days === 0
      ? "In this stage since today"
      : `${days} ${days === 1 ? "day" : "days"} in this stage`;
  if (targetDays === 0) return { text: age, late: false };
  const target = `${targetDays} ${targetDays === 1 ? "day" : "days"}`;
  return days > targetDays
    ? { text: `${age}, over its target of ${target}`, late: true }
    : { text: `${age}, target ${target}`, late: false };
}

/** The same in the space of a card: "today", "1 day", "12 days". */
export function shortAge(days: number): string {
  if (days === 0) return "today";
  return days === 1 ? "1 day" : `${days} days`;
}
