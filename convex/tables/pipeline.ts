import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { STAGE_CATEGORIES } from "../../lib/stages";

/** A category of lib/stages.ts. */
export const stageCategory = literals(...STAGE_CATEGORIES);

/** The stages through which a tenant's projects move. */
export const pipelineStages = defineTable({
  tenantId: v.id("tenants"),
  name: v.string(),
  category: stageCategory,
  /** Place in the pipeline, from 0. */
  order: v.number(),
  /** Calendar days that a job should stay here at most; 0 where it may stay for ever. */
  targetDays: v.number(),
}).index("by_tenant_order", ["tenantId", "order"]);

/**
 * What stands in each stage: one row per stage that ever held a project, changed in the
 * transaction that moves one (model/stageTotals.ts), so that a board of ten thousand
 * projects reads a handful of rows. Archived projects do not count.
 */
export const stageTotals = defineTable({
  tenantId: v.id("tenants"),
  stageId: v.id("pipelineStages"),
  projects: v.number(),
  /** Kilowatts, DC. */
  systemSizeKw: v.number(),
  /** US cents. */
  contractPriceCents: v.number(),
}).index("by_tenant_stage", ["tenantId", "stageId"]);
