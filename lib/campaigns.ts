import { z } from "zod";
import { TEXT_LIMITS } from "./limits.ts";

/** Who gets a campaign's new leads: nobody until somebody takes them, or chosen members in turn. */
export const LEAD_ASSIGNMENTS = ["manual", "roundRobin"] as const;
export type LeadAssignment = (typeof LEAD_ASSIGNMENTS)[number];
export const LEAD_ASSIGNMENT_NAMES: Record<LeadAssignment, string> = {
  manual: "By hand",
  roundRobin: "In turn",
};

/** More people than take turns in one campaign. */
export const MAX_TURNS = 50;

/** More campaigns than a company has open at once. */
export const MAX_CAMPAIGNS = 100;

export const campaignName = z
  .string()
  .trim()
  .min(1, "Give the campaign a name.")
  .max(
    TEXT_LIMITS.campaignName,
    `The name can have at most ${TEXT_LIMITS.campaignName} characters.`,
  );
