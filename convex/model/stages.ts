import { pick } from "convex-helpers";
import { DAY_MS } from "../../lib/days";
import { sunupError } from "../../lib/errors";
import { MAX_STAGES } from "../../lib/stages";
import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedReader } from "../tenancy/scopedDb";

type Stage = Doc<"pipelineStages">;

/** All stages in order. */
export async function stagesOf(db: ScopedReader): Promise<Stage[]> {
  return await db.query("pipelineStages").withIndex("by_tenant_order").take(MAX_STAGES);
}

/** The stages with what an edit of them needs. */
export async function editableStages(db: ScopedReader) {
  const stages = await stagesOf(db);
  return await Promise.all(
    stages.map(async ({ revision = 0, changedBy, removal, ...stage }) => ({
      ...pick(stage, ["_id", "name", "category", "targetDays"]),
      gate: stage.gate ?? [],
      revision,
      changedByName: changedBy && (await db.get("members", changedBy))?.name,
      removal: removal && pick(removal, ["moveTo", "moved"]),
    })),
  );
}

/** A stage that takes projects. Throws NOT_FOUND, CONFLICT (it is being removed). */
export async function openStageX(db: ScopedReader, stageId: Id<"pipelineStages">): Promise<Stage> {
  const stage = await db.getX("pipelineStages", stageId);
  requireOpen(stage);
  return stage;
}

/** Where new projects begin. Throws CONFLICT when there is no stage. */
export async function firstStage(db: ScopedReader): Promise<Stage> {
  const stage = (await stagesOf(db)).find(({ removal }) => removal === undefined);
  if (stage !== undefined) return stage;
  throw sunupError("CONFLICT", { message: "Your pipeline has no stages yet. Add one first." });
}

/** What a project carries of the stage it stands in. */
export function placeIn({ _id, category, targetDays }: Stage, enteredAt: number) {
  const stageDueAt = targetDays === 0 ? undefined : enteredAt + targetDays * DAY_MS;
  return { stageId: _id, category, stageEnteredAt: enteredAt, stageDueAt };
}

/** Throws CONFLICT when the stage is being removed. */
export function requireOpen({ name, removal }: Stage): void {
  if (removal === undefined) return;
  throw sunupError("CONFLICT", { message: `“${name}” is being removed and cannot be used.` });
}
