import { v } from "convex/values";
import { omit, pick } from "convex-helpers";
import { nullable } from "convex-helpers/validators";
import { MAX_STAGES } from "../lib/stages";
import * as pipeline from "./model/pipeline";
import { refreshProjects as refresh } from "./model/stageProjects";
import * as removal from "./model/stageRemoval";
import { editableStages, stagesOf } from "./model/stages";
import { stageCategory, stageRequirement } from "./tables/pipeline";
import { assistedMutation, backgroundMutation, tenantQuery } from "./tenancy/functions";

const form = {
  name: v.string(),
  category: stageCategory,
  targetDays: v.number(),
  /** What a job needs to leave the stage forwards. */
  gate: v.array(stageRequirement),
};

const stage = v.object({
  _id: v.id("pipelineStages"),
  ...omit(form, ["gate"]),
  order: v.number(),
  /** It takes no projects any more, and those in it are moving away. */
  removing: v.boolean(),
});

/** The pipeline's stages in order. Needs projects.read. */
export const list = tenantQuery({
  permission: "projects.read",
  args: {},
  returns: v.array(stage),
  handler: async ({ db }) =>
    (await stagesOf(db)).map((each) => ({
      ...pick(each, ["_id", "name", "category", "order", "targetDays"]),
      removing: each.removal !== undefined,
    })),
});

/** What stands in each stage that holds projects; archived ones do not count. Needs projects.read. */
export const totals = tenantQuery({
  permission: "projects.read",
  args: {},
  returns: v.array(
    v.object({
      stageId: v.id("pipelineStages"),
      projects: v.number(),
      systemSizeKw: v.number(),
      contractPriceCents: v.number(),
    }),
  ),
  handler: async ({ db }) => {
    const rows = await db.query("stageTotals").withIndex("by_tenant_stage").take(MAX_STAGES);
    return rows
      .filter(({ projects }) => projects > 0)
      .map((row) => pick(row, ["stageId", "projects", "systemSizeKw", "contractPriceCents"]));
  },
});

/** The stages with what an edit of them needs: revision, who changed it last, a running removal. Needs settings.manage. */
export const editable = tenantQuery({
  permission: "settings.manage",
  args: {},
  returns: v.array(
    v.object({
      _id: v.id("pipelineStages"),
      ...form,
      revision: v.number(),
      changedByName: v.optional(v.string()),
      removal: v.optional(v.object({ moveTo: v.id("pipelineStages"), moved: v.number() })),
    }),
  ),
  handler: async ({ db }) => await editableStages(db),
});

/** What stands in a stage. Needs settings.manage. Throws NOT_FOUND. */
export const contents = tenantQuery({
  permission: "settings.manage",
  args: { stageId: v.id("pipelineStages") },
  returns: v.object({ projects: v.number(), archived: v.boolean() }),
  handler: async ({ db }, { stageId }) => await removal.contentsOf(db, stageId),
});

/** Adds a stage at the end of its category. Needs settings.manage. Throws INVALID, CONFLICT. */
export const add = assistedMutation({
  permission: "settings.manage",
  args: form,
  returns: v.id("pipelineStages"),
  handler: async (ctx, fields) => await pipeline.addStage(ctx, fields),
});

/**
 * Changes a stage; `revision` is the one that the form started from. Needs
 * settings.manage. Throws NOT_FOUND, STALE, INVALID, CONFLICT.
 */
export const update = assistedMutation({
  permission: "settings.manage",
  args: { stageId: v.id("pipelineStages"), revision: v.number(), ...form },
  returns: v.null(),
  handler: async (ctx, { stageId, revision, ...fields }) => {
    await pipeline.updateStage(ctx, stageId, revision, fields);
    return null;
  },
});

/**
 * Moves a stage within its category, from one place to another, counted from 0. Needs
 * settings.manage. Throws NOT_FOUND, STALE (it is not there any more), INVALID.
 */
export const move = assistedMutation({
  permission: "settings.manage",
  args: { stageId: v.id("pipelineStages"), from: v.number(), to: v.number() },
  returns: v.null(),
  handler: async (ctx, { stageId, ...places }) => {
    await pipeline.moveStage(ctx, stageId, places);
    return null;
  },
});

/**
 * Removes a stage; its projects go to `moveTo`, many of them in the background. Needs
 * settings.manage. Throws NOT_FOUND, STALE, CONFLICT, INVALID.
 */
export const remove = assistedMutation({
  permission: "settings.manage",
  args: {
    stageId: v.id("pipelineStages"),
    revision: v.number(),
    moveTo: nullable(v.id("pipelineStages")),
  },
  returns: v.null(),
  handler: async (ctx, { stageId, revision, moveTo }) => {
    await removal.removeStage(ctx, stageId, revision, moveTo, Date.now());
    return null;
  },
});

/** The next step of a removal; scheduled by the one before. */
export const continueRemoval = backgroundMutation({
  args: { stageId: v.id("pipelineStages") },
  returns: v.null(),
  handler: async (ctx, { stageId }) => {
    await removal.continueRemoval(ctx, stageId, Date.now());
    return null;
  },
});

/** The next projects that follow a change of their stage; scheduled by the change. */
export const refreshProjects = backgroundMutation({
  args: {
    stageId: v.id("pipelineStages"),
    place: v.object({ archived: v.boolean(), cursor: nullable(v.string()) }),
  },
  returns: v.null(),
  handler: async (ctx, { stageId, place }) => {
    await refresh(ctx, stageId, place);
    return null;
  },
});
