import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { STAGE_CATEGORIES } from "../../lib/stages";
import { auditActor } from "./audit";
import { documentKind } from "./documents";

/** A category of lib/stages.ts. */
export const stageCategory = literals(...STAGE_CATEGORIES);

/** A requirement of lib/gates.ts. */
export const stageRequirement = v.union(
  v.object({ kind: v.literal("permitApproved") }),
  v.object({ kind: v.literal("interconnectionApproved") }),
  v.object({ kind: v.literal("surveyCompleted") }),
  v.object({ kind: v.literal("tasksDone") }),
  v.object({ kind: v.literal("document"), documentKind }),
  v.object({ kind: v.literal("check"), item: v.string(), label: v.string() }),
);

/** The stages through which a tenant's projects move. */
export const pipelineStages = defineTable({
  tenantId: v.id("tenants"),
  name: v.string(),
  category: stageCategory,
  /** Place in the pipeline, from 0. */
  order: v.number(),
  /** Calendar days that a job should stay here at most; 0 where it may stay for ever. */
  targetDays: v.number(),
  /** What a job needs to leave the stage forwards; absent for nothing. */
  gate: v.optional(v.array(stageRequirement)),
  /** Counts changes of the fields above, from 0: a change that started from an older one is refused. */
  revision: v.optional(v.number()),
  /** Who changed them last. */
  changedBy: v.optional(v.id("members")),
  /** Set while the stage is being removed: it takes no projects, and those in it move away. */
  removal: v.optional(
    v.object({
      moveTo: v.id("pipelineStages"),
      /** Projects that have left so far. */
      moved: v.number(),
      by: auditActor,
    }),
  ),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_order", ["tenantId", "order"]);

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
  /** Counts the changes of the fields above, from 0: a recount sees by it that a project came, left or changed. */
  changes: v.optional(v.number()),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_stage", ["tenantId", "stageId"]);
