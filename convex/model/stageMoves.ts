import { z } from "zod";
import { sunupError } from "../../lib/errors";
import { type MissingEvidence, overrideReason } from "../../lib/gates";
import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedReader, ScopedWriter } from "../tenancy/scopedDb";
import { recordActivity } from "./activity";
import { type AuditActor, recordAudit } from "./audit";
import { missingFor } from "./gates";
import { parseOrInvalid } from "./invalid";
import { changeProject } from "./projects";
import { openStageX, placeIn } from "./stages";

type Project = Doc<"projects">;
type Stage = Doc<"pipelineStages">;
const overrideForm = z.object({ reason: overrideReason });

type ProjectId = Id<"projects">;
type StageId = Id<"pipelineStages">;

/**
 * Moves a project to another stage, when the gates on the way are open; moving to its own stage
 * changes nothing. Throws NOT_FOUND, CONFLICT (archived; the stage is being removed), GATE_NOT_MET.
 */
export async function moveToStage(
  db: ScopedWriter,
  actor: AuditActor,
  projectId: ProjectId,
  stageId: StageId,
  now: number,
): Promise<void> {
  const { project, from, to } = await openMove(db, projectId, stageId);
  if (from._id === to._id) return;
  const missing = await missingFor(db, project, from, to, now);
  if (missing.length > 0) {
    throw sunupError("GATE_NOT_MET", {
      message: `${project.name} cannot go to “${to.name}” yet. Missing: ${namesOf(missing)}.`,
      missing,
    });
  }
  await putInStage(db, actor, project, from, to, now);
}

/**
 * Moves a project although its gates ask for more; the timeline and the audit trail keep what was
 * missing, and why it went on. Throws INVALID (no reason), NOT_FOUND, CONFLICT.
 */
export async function movePastGate(
  db: ScopedWriter,
  actor: AuditActor,
  projectId: ProjectId,
  stageId: StageId,
  given: { reason: string },
  now: number,
): Promise<void> {
  const reason = parseOrInvalid(overrideForm, given).reason;
  const { project, from, to } = await openMove(db, projectId, stageId);
  if (from._id === to._id) return;
  const missing = await missingFor(db, project, from, to, now);
  if (missing.length === 0) return await putInStage(db, actor, project, from, to, now);
  await putInStage(db, actor, project, from, to, now, { missing, reason });
  await recordAudit(
    { db },
    {
      action: "project.movedPastGate",
      actor,
      subject: project.name,
      changes: changesOf(from, to, missing),
      reason,
    },
  );
}

/** Puts a project that stands in one stage into another, whatever its state. */
export async function putInStage(
  db: ScopedWriter,
  actor: AuditActor,
  project: Project,
  from: Stage,
  to: Stage,
  now: number,
  override?: { missing: MissingEvidence[]; reason: string },
): Promise<void> {
  await changeProject(db, project, { ...placeIn(to, now), movedFrom: from._id, updatedAt: now });
  await recordActivity(db, {
    project,
    kind: "moved",
    actor,
    changes: changesOf(from, to, override?.missing ?? []),
    reason: override?.reason,
  });
}

async function openMove(db: ScopedReader, projectId: ProjectId, stageId: StageId) {
  const project = await db.getX("projects", projectId);
  const to = await openStageX(db, stageId);
  if (project.archived) {
    throw sunupError("CONFLICT", { message: "An archived project cannot move. Restore it first." });
  }
  return { project, from: await db.getX("pipelineStages", project.stageId), to };
}

function changesOf(from: Stage, to: Stage, missing: readonly MissingEvidence[]) {
  const stage = { field: "stage", before: from.name, after: to.name };
  if (missing.length === 0) return [stage];
  return [stage, { field: "missing", before: namesOf(missing), after: "" }];
}

function namesOf(missing: readonly MissingEvidence[]): string {
  return missing.map(({ requirement }) => requirement).join(", ");
}
