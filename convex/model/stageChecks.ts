import { sunupError } from "../../lib/errors";
import { MAX_REQUIREMENTS, requirementText } from "../../lib/gates";
import { MAX_STAGES } from "../../lib/stages";
import type { Id } from "../_generated/dataModel";
import type { ScopedWriter } from "../tenancy/scopedDb";
import { recordActivity } from "./activity";
import type { AuditActor } from "./audit";
import { changeProject } from "./projects";

/** A line of a stage's gate, on a project. */
export type CheckLine = {
  projectId: Id<"projects">;
  stageId: Id<"pipelineStages">;
  item: string;
};

/** Ticks of lines that are gone from their stages stay on a project; beyond this the oldest leave. */
const MAX_CHECKS = MAX_STAGES * MAX_REQUIREMENTS;

/**
 * Ticks a line of a stage's gate on a project, or takes the tick away; doing it twice changes
 * nothing. Throws NOT_FOUND (also the line), CONFLICT (archived).
 */
export async function setChecked(
  db: ScopedWriter,
  actor: AuditActor,
  { projectId, stageId, item }: CheckLine,
  checked: boolean,
  now: number,
): Promise<void> {
  const project = await db.getX("projects", projectId);
  const { gate = [] } = await db.getX("pipelineStages", stageId);
  const line = gate.find((each) => each.kind === "check" && each.item === item);
  if (line === undefined) throw sunupError("NOT_FOUND");
  if (project.archived) {
    throw sunupError("CONFLICT", { message: "This project is archived. Restore it first." });
  }
  const { checks = [] } = project;
  if (checks.includes(item) === checked) return;
  const after = checked
    ? [...checks, item].slice(-MAX_CHECKS)
    : checks.filter((each) => each !== item);
  await changeProject(db, project, { checks: after, updatedAt: now });
  await recordActivity(db, {
    project,
    kind: checked ? "ticked" : "unticked",
    actor,
    subject: requirementText(line),
  });
}
