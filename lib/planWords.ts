import type { EntitlementOverride } from "./entitlements.ts";
import type { Feature, Limits } from "./plans.ts";

const NUMBER = new Intl.NumberFormat("en-US");

/** What a limit is called on the price list, in the order in which people ask for them. */
export const LIMIT_NAMES: Record<keyof Limits, string> = {
  users: "Users",
  leadsPerMonth: "Leads a month",
  storageGb: "Storage",
  videoMinutesPerMonth: "Video a month",
};

const LIMIT_UNITS: Partial<Record<keyof Limits, string>> = {
  storageGb: "GB",
  videoMinutesPerMonth: "minutes",
};

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

/** A limit as a person says it: "Unlimited", "None", "50 GB". */
export function limitText(limit: keyof Limits, value: number | null): string {
  if (value === null) return "Unlimited";
  if (value === 0) return "None";
  const unit = LIMIT_UNITS[limit];
  return unit ? `${NUMBER.format(value)} ${unit}` : NUMBER.format(value);
}

/** What an override sets, as a person says it. */
export function overrideText(override: EntitlementOverride): string {
  if ("limit" in override) return limitText(override.limit, override.value);
  return override.on ? "On" : "Off";
}
