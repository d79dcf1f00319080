import { daysText } from "../permits/permitWords.ts";

/** How long an authority usually takes to approve. */
export function usualTime({
  medianDays,
  reviews,
}: {
  medianDays?: number;
  reviews: number;
}): string {
  if (medianDays === undefined) return "No approvals recorded yet";
  const count = reviews === 1 ? "1 approval" : `${reviews} approvals`;
  return `Usually ${daysText(medianDays)} (${count})`;
}
