import {
  type EvidencePlace,
  type MissingEvidence,
  type RequirementKind,
  requirementKey,
  requirementText,
  type StageRequirement,
} from "../../lib/gates";
import { formatDay } from "../../lib/format";
import type { PermitKind } from "../../lib/permits";
import { MAX_STAGES } from "../../lib/stages";
import type { Doc } from "../_generated/dataModel";
import type { ScopedReader } from "../tenancy/scopedDb";
import { hasDocument } from "./documents";
import { permitsOf } from "./permitList";
import { surveyCompleted } from "./surveys";
import { MAX_COUNTED_TASKS, openTaskCount } from "./tasks";

type Project = Doc<"projects">;
type Stage = Doc<"pipelineStages">;

/** What evaluators look at; each source is read at most once a move. */
type Evidence = {
  db: ScopedReader;
  project: Project;
  permits: () => Promise<Doc<"permits">[]>;
};

/** How a requirement stands: what is there or missing, in a sentence. */
type Standing = { met: boolean; state: string };

type Evaluator<Kind extends RequirementKind> = {
  /** Where on the project's page the evidence is given. */
  place: EvidencePlace;
  /** Reads a bounded number of documents, whatever the project holds. */
  evaluate: (
    requirement: Extract<StageRequirement, { kind: Kind }>,
    evidence: Evidence,
  ) => Promise<Standing>;
};

/** One evaluator per kind of requirement. A new kind plugs in here. */
const EVALUATORS: { [Kind in RequirementKind]: Evaluator<Kind> } = {
  permitApproved: {
    place: "permits",
    evaluate: async (_requirement, { permits }) => approvalOf("permit", await permits()),
  },
  interconnectionApproved: {
    place: "permits",
    evaluate: async (_requirement, { permits }) => approvalOf("interconnection", await permits()),
  },
  surveyCompleted: {
    place: "surveys",
    evaluate: async (_requirement, { db, project }) => {
      const met = await surveyCompleted(db, project._id);
      return { met, state: met ? "Completed." : "Not completed yet." };
    },
  },
  tasksDone: {
    place: "tasks",
    evaluate: async (_requirement, { db, project }) => {
      const open = await openTaskCount(db, project._id);
      return { met: open === 0, state: howManyOpen(open) };
    },
  },
  document: {
    place: "documents",
    evaluate: async ({ documentKind }, { db, project }) => {
      const met = await hasDocument(db, project._id, documentKind);
      return { met, state: met ? "On file." : "Not on file yet." };
    },
  },
  check: {
    place: "gate",
    evaluate: async ({ item }, { project }) => {
      const met = (project.checks ?? []).includes(item);
      return { met, state: met ? "Ticked." : "Not ticked yet." };
    },
  },
};

/** What a stage asks of a project to leave it forwards, and how each of it stands. */
export async function standingOf(db: ScopedReader, project: Project, stage: Stage) {
  const evidence = evidenceOf(db, project);
  return await Promise.all(
    (stage.gate ?? []).map(async (requirement) => ({
      requirement,
      place: EVALUATORS[requirement.kind].place,
      ...(await evaluate(requirement, evidence)),
    })),
  );
}

/** So long after a move, its way back is no new move: as long as the interface offers it, and some. */
const UNDO_MS = 60_000;

/**
 * What is missing for a move: the gates of the stage it leaves and of all that it passes over.
 * Nothing on the way back, and nothing when it takes back a move that was just made.
 */
export async function missingFor(
  db: ScopedReader,
  project: Project,
  from: Stage,
  to: Stage,
  now: number,
): Promise<MissingEvidence[]> {
  if (to.order <= from.order) return [];
  if (project.movedFrom === to._id && now - project.stageEnteredAt < UNDO_MS) return [];
  const passed = await db
    .query("pipelineStages")
    .withIndex("by_tenant_order", (q) => q.gte("order", from.order).lt("order", to.order))
    .take(MAX_STAGES);
  const evidence = evidenceOf(db, project);
  const seen = new Set<string>();
  const missing: MissingEvidence[] = [];
  for (const stage of passed) {
    for (const requirement of stage.gate ?? []) {
      const key = requirementKey(requirement);
      if (seen.has(key)) continue;
      seen.add(key);
      const { met, state } = await evaluate(requirement, evidence);
      if (met) continue;
      const { place } = EVALUATORS[requirement.kind];
      missing.push({ requirement: requirementText(requirement), state, stage: stage.name, place });
    }
  }
  return missing;
}

function evidenceOf(db: ScopedReader, project: Project): Evidence {
  let permits: Promise<Doc<"permits">[]> | undefined;
  return { db, project, permits: () => (permits ??= permitsOf(db, project._id)) };
}

async function evaluate(requirement: StageRequirement, evidence: Evidence): Promise<Standing> {
  // The registry's types say that a requirement meets the evaluator of its own kind.
  const { evaluate } = EVALUATORS[requirement.kind] as Evaluator<RequirementKind>;
  return await evaluate(requirement, evidence);
}

function approvalOf(kind: PermitKind, all: readonly Doc<"permits">[]): Standing {
  const own = all.filter((permit) => permit.kind === kind);
  if (own.length === 0) {
    return {
      met: false,
      state: kind === "permit" ? "No permit yet." : "No interconnection yet.",
    };
  }
  const open = own.filter(({ waitingOn }) => waitingOn !== "nobody");
  if (open.length === 0) return { met: true, state: "Approved." };
  return { met: false, state: open.map(whereItStands).join(" ") };
}

function howManyOpen(open: number): string {
  if (open === 0) return "No task is open.";
  if (open === MAX_COUNTED_TASKS) return `${open} or more tasks are open.`;
  return open === 1 ? "1 task is open." : `${open} tasks are open.`;
}

function whereItStands({ title, waitingOn, waitingSince, authorityName, rounds }: Doc<"permits">) {
  const since = formatDay(waitingSince);
  if (waitingOn === "authority") {
    return `${title}: with ${authorityName ?? "the authority"} since ${since}.`;
  }
  if (rounds.length === 0) return `${title}: not submitted yet.`;
  return `${title}: sent back for corrections on ${since}.`;
}
