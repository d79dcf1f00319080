import { pick } from "convex-helpers";
import { sunupError } from "../../lib/errors";
import { requirementText } from "../../lib/gates";
import { NAME_TAKEN, sameStageName, stageForm, type StageForm } from "../../lib/stageForm";
import {
  isLastOfCategory,
  lastOfCategoryText,
  MAX_STAGES,
  STAGE_CATEGORIES,
  STAGE_CATEGORY_NAMES,
  type StageCategory,
} from "../../lib/stages";
import type { Doc, Id } from "../_generated/dataModel";
import type { AssistedCtx } from "../tenancy/functions";
import type { ScopedWriter } from "../tenancy/scopedDb";
import { changesBetween, memberIdOf, recordAudit } from "./audit";
import { parseOrInvalid } from "./invalid";
import { refreshProjects } from "./stageProjects";
import { openStageX, stagesOf } from "./stages";

type Stage = Doc<"pipelineStages">;

/** Adds a stage at the end of its category. Throws INVALID, CONFLICT (too many). */
export async function addStage(
  { db, actor }: AssistedCtx,
  form: StageForm,
): Promise<Id<"pipelineStages">> {
  const stages = await stagesOf(db);
  if (stages.length >= MAX_STAGES) {
    throw sunupError("CONFLICT", { message: `A pipeline can have at most ${MAX_STAGES} stages.` });
  }
  const fields = parseOrInvalid(stageForm, form);
  requireFreeName(stages, fields.name);
  const stageId = await db.insert("pipelineStages", {
    ...fields,
    order: stages.length,
    changedBy: memberIdOf(actor),
  });
  await renumber(db, [...stages, await db.getX("pipelineStages", stageId)]);
  await recordChange({ db, actor }, fields.name, {}, { stage: "added", ...readable(fields) });
  return stageId;
}

/**
 * Changes a stage; one that changes its category goes to that one's end, and projects in
 * the stage follow. Throws NOT_FOUND, STALE (changed since `revision`), INVALID, CONFLICT
 * (being removed; last of its category).
 */
export async function updateStage(
  { db, actor, schedule }: AssistedCtx,
  stageId: Id<"pipelineStages">,
  revision: number,
  form: StageForm,
): Promise<void> {
  const stage = await openStageX(db, stageId);
  requireRevision(stage, revision);
  const fields = parseOrInvalid(stageForm, form);
  const stages = await stagesOf(db);
  requireFreeName(
    stages.filter(({ _id }) => _id !== stageId),
    fields.name,
  );
  if (fields.category !== stage.category) requireAnother(stages, stage);
  const before = readable(stage);
  const after = readable(fields);
  if (changesBetween(before, after).length === 0) return;

  await db.patch("pipelineStages", stageId, {
    ...fields,
    order: fields.category === stage.category ? stage.order : MAX_STAGES,
    revision: revision + 1,
    changedBy: memberIdOf(actor),
  });
  await renumber(db, await stagesOf(db));
  if (fields.category !== stage.category || fields.targetDays !== stage.targetDays) {
    await refreshProjects({ db, schedule }, stageId);
  }
  await recordChange({ db, actor }, stage.name, before, after);
}

/**
 * Moves a stage within its category from one place to another, counted from 0. Throws
 * NOT_FOUND, STALE (it is not at `from` any more), INVALID (there is no such place).
 */
export async function moveStage(
  { db, actor }: AssistedCtx,
  stageId: Id<"pipelineStages">,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const stage = await db.getX("pipelineStages", stageId);
  const stages = await stagesOf(db);
  const category = stages.filter((each) => each.category === stage.category);
  if (category[from]?._id !== stageId) throw sunupError("STALE");
  if (category[to] === undefined) throw sunupError("INVALID");
  const moved = category.toSpliced(from, 1).toSpliced(to, 0, stage);
  await renumber(db, [
    ...stages.filter((each) => each.category !== stage.category),
    ...moved.map((each, place) => ({ ...each, order: place })),
  ]);
  const order = (list: Stage[]) => ({ order: list.map(({ name }) => name) });
  const subject = STAGE_CATEGORY_NAMES[stage.category];
  await recordChange({ db, actor }, subject, order(category), order(moved));
}

/** Throws CONFLICT when the stage is the last one of its category that stays. */
export function requireAnother(stages: readonly Stage[], stage: Stage): void {
  if (!isLastOfCategory(stages, stage)) return;
  throw sunupError("CONFLICT", { message: lastOfCategoryText(stage.category) });
}

/** Throws STALE when the stage was changed since. */
export function requireRevision(stage: Stage, revision: number): void {
  if ((stage.revision ?? 0) !== revision) throw sunupError("STALE");
}

/** Gives the stages their places: by category, then in the order that they have. */
export async function renumber(db: ScopedWriter, stages: readonly Stage[]): Promise<void> {
  const place = (category: StageCategory) => STAGE_CATEGORIES.indexOf(category);
  const sorted = stages.toSorted(
    (a, b) => place(a.category) - place(b.category) || a.order - b.order,
  );
  for (const [order, { _id }] of sorted.entries()) {
    const stage = await db.getX("pipelineStages", _id);
    if (stage.order !== order) await db.patch("pipelineStages", _id, { order });
  }
}

/** Leaves a line about the pipeline in the audit trail. */
export async function recordChange(
  { db, actor }: Pick<AssistedCtx, "db" | "actor">,
  subject: string,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): Promise<void> {
  const changes = changesBetween(before, after);
  if (changes.length === 0) return;
  await recordAudit({ db }, { action: "stages.changed", actor, subject, changes });
}

function requireFreeName(stages: readonly Stage[], name: string): void {
  if (stages.every((stage) => !sameStageName(stage.name, name))) return;
  throw sunupError("INVALID", { message: NAME_TAKEN, field: "name" });
}

function readable(stage: Pick<Stage, "name" | "category" | "targetDays" | "gate">) {
  const { name, targetDays } = pick(stage, ["name", "targetDays"]);
  return {
    name,
    category: STAGE_CATEGORY_NAMES[stage.category],
    targetDays,
    // Each on its own line of text, so that a label with a comma stays one.
    "to leave it": (stage.gate ?? []).map(requirementText).join("; "),
  };
}
