import type { StageRequirement } from "./gates.ts";

/** The five parts of a solar job, in order. Every pipeline stage belongs to one. */
export const STAGE_CATEGORIES = [
  "sale",
  "design",
  "permitting",
  "installation",
  "operation",
] as const;
export type StageCategory = (typeof STAGE_CATEGORIES)[number];

export const STAGE_CATEGORY_NAMES: Record<StageCategory, string> = {
  sale: "Sale",
  design: "Survey and design",
  permitting: "Permitting",
  installation: "Installation",
  operation: "Operation",
};

type PipelineStage = { _id: string; category: StageCategory; removal?: unknown };

/** True when a stage is the last one of its category that stays: each needs one. */
export function isLastOfCategory(stages: readonly PipelineStage[], stage: PipelineStage): boolean {
  return stages.every(
    (each) =>
      each._id === stage._id || each.category !== stage.category || each.removal !== undefined,
  );
}

/** Why such a stage can neither go nor change its category. */
export function lastOfCategoryText(category: StageCategory): string {
  return `“${STAGE_CATEGORY_NAMES[category]}” needs at least one stage. Add one first.`;
}

/** More stages than any pipeline has; keeps every read of a pipeline bounded. */
export const MAX_STAGES = 30;

/**
 * The eight stages a new company starts with: a job's way from contract to done.
 * `targetDays` is how long a job should stay in a stage at most, in calendar days;
 * permitting takes 0-35 business days, inspection and permission to operate follow
 * (NREL, 364,176 residential projects), so the defaults sit inside those ranges. Only two gates,
 * those that cost most when they are missed: a crew on an unapproved permit, and a system that
 * the utility does not let on. Permit and interconnection run side by side, so the second one
 * holds back later.
 */
export const DEFAULT_STAGES: readonly {
  name: string;
  category: StageCategory;
  targetDays: number;
  gate?: StageRequirement[];
}[] = [
  { name: "Contract signed", category: "sale", targetDays: 3 },
  { name: "Site survey", category: "design", targetDays: 7 },
  { name: "Design", category: "design", targetDays: 7 },
  {
    name: "Permitting",
    category: "permitting",
    targetDays: 21,
    gate: [{ kind: "permitApproved" }],
  },
  { name: "Installation", category: "installation", targetDays: 14 },
  {
    name: "Inspection",
    category: "installation",
    targetDays: 10,
    gate: [{ kind: "interconnectionApproved" }],
  },
  { name: "Permission to operate", category: "operation", targetDays: 21 },
  { name: "Completed", category: "operation", targetDays: 0 },
];

export const DEFAULT_CAMPAIGN_NAME = "General Leads";
