import { z } from "zod";
import { stageGate } from "./gates.ts";
import { TEXT_LIMITS } from "./limits.ts";
import { hasVisibleCharacter } from "./signup.ts";
import { STAGE_CATEGORIES } from "./stages.ts";

/** Longest target of a stage, in calendar days. */
export const MAX_TARGET_DAYS = 365;

/** A pipeline stage, as its form and the server take it. */
export const stageForm = z.object({
  name: z
    .string()
    .trim()
    .max(TEXT_LIMITS.stageName, `A name can have at most ${TEXT_LIMITS.stageName} characters.`)
    .refine((name) => hasVisibleCharacter(name), "Give the stage a name."),
  category: z.enum(STAGE_CATEGORIES, "Choose a category."),
  targetDays: z
    .number("Enter the days as a number.")
    .int("Enter whole days.")
    .min(0, "Enter 0 days or more.")
    .max(MAX_TARGET_DAYS, `Enter at most ${MAX_TARGET_DAYS} days.`),
  /** What a job needs to leave the stage forwards. */
  gate: stageGate,
});
export type StageForm = z.infer<typeof stageForm>;

/** Said at the name when another stage of the pipeline has it. */
export const NAME_TAKEN = "There is a stage of this name already.";

/** True when two stages would be told apart by nobody. */
export function sameStageName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
