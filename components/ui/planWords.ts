import type { Feature, Plan } from "@/lib/plans";

const NUMBER = new Intl.NumberFormat("en-US");

/** A plan's price in words: "Free", "$99 a month", "Price by agreement". */
export function planPrice({ pricePerMonthUsd }: Pick<Plan, "pricePerMonthUsd">): string {
  if (pricePerMonthUsd === null) return "Price by agreement";
  return pricePerMonthUsd === 0 ? "Free" : `$${NUMBER.format(pricePerMonthUsd)} a month`;
}

/** A plan's limits as label and value, in the order in which people ask for them. */
export function planLimitRows({
  limits,
}: Pick<Plan, "limits">): { label: string; value: string }[] {
  return [
    { label: "Users", value: amount(limits.users) },
    { label: "Leads a month", value: amount(limits.leadsPerMonth) },
    { label: "Storage", value: amount(limits.storageGb, "GB") },
    { label: "Video a month", value: amount(limits.videoMinutesPerMonth, "minutes") },
  ];
}

/** What a feature is called on the price list. */
export const FEATURE_NAMES: Record<Feature, string> = {
  siteSurvey: "Site surveys",
  webrtc: "Video calls",
  breakoutRooms: "Breakout rooms",
  recording: "Call recording",
  aiAnalysis: "AI analysis",
  whiteLabel: "Your own brand",
  dedicatedShard: "A database of your own",
};

function amount(limit: number | null, unit?: string): string {
  if (limit === null) return "Unlimited";
  if (limit === 0) return "None";
  return unit ? `${NUMBER.format(limit)} ${unit}` : NUMBER.format(limit);
}
