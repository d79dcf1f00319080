import { v } from "convex/values";
import { pick } from "convex-helpers";
import { stageCategory } from "./tables/pipeline";
import { tenantQuery } from "./tenancy/functions";

/** More stages than any pipeline has; keeps the read bounded. */
const MAX_STAGES = 50;

/** The pipeline's stages in order. Needs projects.read. */
export const list = tenantQuery({
  permission: "projects.read",
  args: {},
  returns: v.array(
    v.object({
      _id: v.id("pipelineStages"),
      name: v.string(),
      category: stageCategory,
      order: v.number(),
      targetDays: v.number(),
    }),
  ),
  handler: async ({ db }) => {
    const stages = await db.query("pipelineStages").withIndex("by_tenant_order").take(MAX_STAGES);
    return stages.map((stage) => pick(stage, ["_id", "name", "category", "order", "targetDays"]));
  },
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
