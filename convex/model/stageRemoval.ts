import { sunupError } from "../../lib/errors";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { AssistedCtx, TenantWriteCtx } from "../tenancy/functions";
import type { ScopedReader } from "../tenancy/scopedDb";
import { recordChange, renumber, requireAnother, requireRevision } from "./pipeline";
import { putInStage } from "./stageMoves";
import { someProjectsOf } from "./stageProjects";
import { requireOpen, stagesOf } from "./stages";
import { totalsOf } from "./stageTotals";

/** What stands in a stage: how many projects are in work, and whether archived ones are there too. */
export async function contentsOf(db: ScopedReader, stageId: Id<"pipelineStages">) {
  await db.getX("pipelineStages", stageId);
  const totals = await totalsOf(db, stageId);
  const archived = await db
    .query("projects")
    .withIndex("by_tenant_archived_stage_created", (q) =>
      q.eq("archived", true).eq("stageId", stageId),
    )
    .first();
  return { projects: totals?.projects ?? 0, archived: archived !== null };
}

/**
 * Removes a stage; what stands in it goes to `moveTo`. Few projects move at once; with
 * many, the stage is marked and takes no new ones while they move in the background.
 * Throws NOT_FOUND, STALE, CONFLICT (last of its category; goal of another removal),
 * INVALID (`moveTo` is missing, the stage itself, or being removed).
 */
export async function removeStage(
  { db, actor, schedule }: AssistedCtx,
  stageId: Id<"pipelineStages">,
  revision: number,
  moveTo: Id<"pipelineStages"> | null,
  now: number,
): Promise<void> {
  const stage = await db.getX("pipelineStages", stageId);
  const goal = moveTo && (await db.getX("pipelineStages", moveTo));
  requireOpen(stage);
  requireRevision(stage, revision);
  const stages = await stagesOf(db);
  requireAnother(stages, stage);
  if (stages.some(({ removal }) => removal?.moveTo === stageId)) {
    throw sunupError("CONFLICT", {
      message: "Projects are being moved here. Wait until they are.",
    });
  }
  if (goal !== null && (goal._id === stageId || goal.removal !== undefined)) {
    throw sunupError("INVALID", { message: "Choose another stage.", field: "moveTo" });
  }
  if (goal === null && (await someProjectsOf(db, stageId)).projects.length > 0) {
    throw sunupError("INVALID", { message: "Choose where its projects go.", field: "moveTo" });
  }
  const projectsGoTo = goal === null ? {} : { projectsGoTo: goal.name };
  await recordChange({ db, actor }, stage.name, {}, { stage: "removed", ...projectsGoTo });
  if (goal === null) return await deleteStage({ db }, stageId);
  await db.patch("pipelineStages", stageId, {
    removal: { moveTo: goal._id, moved: 0, by: actor },
  });
  await continueRemoval({ db, schedule }, stageId, now);
}

/**
 * Moves the next projects out of a stage that is being removed, and removes it when none is
 * left. Schedules its own next step in the same transaction, so a stop in between loses nothing.
 */
export async function continueRemoval(
  { db, schedule }: TenantWriteCtx,
  stageId: Id<"pipelineStages">,
  now: number,
): Promise<void> {
  const stage = await db.get("pipelineStages", stageId);
  if (stage?.removal === undefined) return;
  const { moveTo, moved, by } = stage.removal;
  const goal = await db.getX("pipelineStages", moveTo);
  const { projects, areAll } = await someProjectsOf(db, stageId);
  for (const project of projects) await putInStage(db, by, project, stage, goal, now);
  if (areAll) return await deleteStage({ db }, stageId);
  const removal = { moveTo, by, moved: moved + projects.length };
  await db.patch("pipelineStages", stageId, { removal });
  await schedule.after(0, internal.pipelineStages.continueRemoval, { stageId });
}

async function deleteStage(
  { db }: Pick<TenantWriteCtx, "db">,
  stageId: Id<"pipelineStages">,
): Promise<void> {
  const totals = await totalsOf(db, stageId);
  if (totals !== null) await db.delete("stageTotals", totals._id);
  await db.delete("pipelineStages", stageId);
  await renumber(db, await stagesOf(db));
}
