import type { Usage } from "@/lib/usage";

/** "12 of 50 leads this month". */
export function leadsWords({ used, limit }: Usage): string {
  if (limit === null) return used === 1 ? "1 lead this month" : `${used} leads this month`;
  return `${used} of ${limit} leads this month`;
}

/** What the number means, and when none is left, what then. */
export function leadsAdvice({ used, limit }: Usage): string {
  if (limit === null) return "Your plan has no limit.";
  if (used < limit) return "When they are used up, your forms take no requests until next month.";
  return "No more can be taken in this month, and your forms ask people to contact you directly. A larger plan opens them again at once.";
}
