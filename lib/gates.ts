import { z } from "zod";
import { DOCUMENT_KIND_NAMES, DOCUMENT_KINDS } from "./documents.ts";
import { TEXT_LIMITS } from "./limits.ts";
import { hasVisibleCharacter } from "./signup.ts";

/**
 * A stage's gate: what must be there before a job may leave the stage forwards. A requirement of
 * a new kind gets its schema here, its validator in convex/tables/pipeline.ts and its evaluator in
 * convex/model/gates.ts; the compiler asks for each.
 */
export const stageRequirement = z.discriminatedUnion("kind", [
  /** At least one permit, and every permit of the job approved. */
  z.object({ kind: z.literal("permitApproved") }),
  /** At least one interconnection, and every one of the job approved. */
  z.object({ kind: z.literal("interconnectionApproved") }),
  /** A site survey of the job was completed. Offered where the plan has surveys. */
  z.object({ kind: z.literal("surveyCompleted") }),
  /** No task of the job is open. */
  z.object({ kind: z.literal("tasksDone") }),
  /** At least one document of the kind is on the job. */
  z.object({
    kind: z.literal("document"),
    documentKind: z.enum(DOCUMENT_KINDS, "Choose a kind of document."),
  }),
  /** A line of the company's own that somebody ticks on the job. */
  z.object({
    kind: z.literal("check"),
    /** Names the line for good, so that it may be reworded. */
    item: z.string().regex(/^[a-z0-9]{8,40}$/, "This line has no proper name."),
    label: z
      .string()
      .trim()
      .max(TEXT_LIMITS.checkLabel, `A line can have at most ${TEXT_LIMITS.checkLabel} characters.`)
      .refine(hasVisibleCharacter, "Say what has to be done."),
  }),
]);
export type StageRequirement = z.infer<typeof stageRequirement>;
export type RequirementKind = StageRequirement["kind"];

/** Requirements that are there or not, without anything to say more. */
export const PLAIN_REQUIREMENTS = [
  "permitApproved",
  "interconnectionApproved",
  "surveyCompleted",
  "tasksDone",
] as const satisfies readonly RequirementKind[];
export type PlainRequirementKind = (typeof PLAIN_REQUIREMENTS)[number];

const PLAIN_TEXTS: Record<PlainRequirementKind, string> = {
  permitApproved: "Permit approved",
  interconnectionApproved: "Interconnection approved",
  surveyCompleted: "Survey completed",
  tasksDone: "All tasks done",
};

/**
 * The plain requirements that a stage's form shows: a survey where the company has surveys, or
 * where the stage asks for one already, so that it can be taken away.
 */
export function offeredRequirements(
  hasSurveys: boolean,
  gate: readonly StageRequirement[],
): PlainRequirementKind[] {
  const asksForSurvey = gate.some(({ kind }) => kind === "surveyCompleted");
  return PLAIN_REQUIREMENTS.filter(
    (kind) => kind !== "surveyCompleted" || hasSurveys || asksForSurvey,
  );
}

/** What is required, in a few words. */
export function requirementText(requirement: StageRequirement): string {
  switch (requirement.kind) {
    case "check":
      return requirement.label;
    case "document":
      return `On file: ${DOCUMENT_KIND_NAMES[requirement.documentKind]}`;
    default:
      return PLAIN_TEXTS[requirement.kind];
  }
}

/** Two requirements with the same key ask for the same thing. */
export function requirementKey(requirement: StageRequirement): string {
  switch (requirement.kind) {
    case "check":
      return `check ${requirement.item}`;
    case "document":
      return `document ${requirement.documentKind}`;
    default:
      return requirement.kind;
  }
}

/** More requirements than a stage ever needs; keeps what a move evaluates bounded. */
export const MAX_REQUIREMENTS = 10;

export const stageGate = z
  .array(stageRequirement)
  .max(MAX_REQUIREMENTS, `A stage can ask for at most ${MAX_REQUIREMENTS} things.`)
  .superRefine((gate, context) => {
    const seen = new Set<string>();
    for (const [index, requirement] of gate.entries()) {
      for (const key of [requirementKey(requirement), requirementText(requirement).toLowerCase()]) {
        if (seen.has(key)) {
          const message = `“${requirementText(requirement)}” is in the list twice.`;
          context.addIssue({ code: "custom", message, path: [index, "label"] });
        }
        seen.add(key);
      }
    }
  });

/** Where on a project's page the evidence for a requirement is given: the anchor of that part. */
export const EVIDENCE_PLACES = ["permits", "surveys", "tasks", "documents", "gate"] as const;
export type EvidencePlace = (typeof EVIDENCE_PLACES)[number];

/** Something that holds a job back. */
export type MissingEvidence = {
  /** What is required: "Permit approved". */
  requirement: string;
  /** How it stands: "Building permit: with City of Boise since Nov 3, 2026." */
  state: string;
  /** The stage that asks for it. */
  stage: string;
  place: EvidencePlace;
};

/** Why a job goes on all the same, as the form and the server take it. */
export const overrideReason = z
  .string()
  .trim()
  .refine(hasVisibleCharacter, "Say why the job goes on without it.")
  .max(TEXT_LIMITS.reason, `The reason can have at most ${TEXT_LIMITS.reason} characters.`);
