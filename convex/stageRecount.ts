import { v } from "convex/values";
import { literals, nullable } from "convex-helpers/validators";
import { internal } from "./_generated/api";
import { RECOUNT_STEPS, recountStage } from "./model/stageRecount";
import { stagesOf } from "./model/stages";
import { backgroundMutation } from "./tenancy/functions";

/** Time between two stages, in milliseconds. */
const PACE_MS = 100;

/**
 * Has what a company's stages hold recounted from its projects, each stage by itself and batch by
 * batch. For an operator, on demand. Returns how many stages it took up. Throws NOT_FOUND.
 */
export const run = backgroundMutation({
  args: {},
  returns: v.number(),
  handler: async ({ db, schedule }) => {
    const stages = await stagesOf(db);
    for (const [index, { _id: stageId }] of stages.entries()) {
      const job = { stageId, soFar: null };
      await schedule.after(index * PACE_MS, internal.stageRecount.countStage, job);
    }
    return stages.length;
  },
});

/** The next batch of one stage; what it mends or gives up is said in the log. */
export const countStage = backgroundMutation({
  args: {
    stageId: v.id("pipelineStages"),
    soFar: nullable(
      v.object({
        cursor: nullable(v.string()),
        counted: v.object({
          projects: v.number(),
          systemSizeKw: v.number(),
          contractPriceCents: v.number(),
        }),
        changes: v.number(),
        tries: v.number(),
      }),
    ),
  },
  returns: literals(...RECOUNT_STEPS),
  handler: async (ctx, { stageId, soFar }) => {
    const step = await recountStage(ctx, stageId, soFar);
    if (step === "mended") console.warn(`Totals of stage ${stageId} differed and are mended.`);
    if (step === "gaveUp") console.warn(`Stage ${stageId} is too busy to recount: try later.`);
    return step;
  },
});
