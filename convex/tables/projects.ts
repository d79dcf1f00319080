import { defineTable } from "convex/server";
import { v } from "convex/values";

/** A solar job of a tenant, from signed contract to permission to operate. */
export const projects = defineTable({
  tenantId: v.id("tenants"),
  /** Counts up within the tenant, from 1; shown as P-0001. */
  number: v.number(),
  name: v.string(),
  customerName: v.string(),
  customerEmail: v.optional(v.string()),
  customerPhone: v.optional(v.string()),
  siteAddress: v.optional(v.string()),
  /** Kilowatts, DC. */
  systemSizeKw: v.optional(v.number()),
  /** US cents. */
  contractPriceCents: v.optional(v.number()),
  notes: v.optional(v.string()),
  stageId: v.id("pipelineStages"),
  /** Milliseconds; when the project came into its present stage. */
  stageEnteredAt: v.number(),
  /** Leads the list's indexes; `archivedAt` says when. */
  archived: v.boolean(),
  archivedAt: v.optional(v.number()),
  createdBy: v.id("members"),
  updatedAt: v.number(),
})
  .index("by_tenant_number", ["tenantId", "number"])
  // Not covered by the next one: it keeps the whole list newest first, across stages.
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant_archived", ["tenantId", "archived"])
  .index("by_tenant_archived_stage", ["tenantId", "archived", "stageId"]);
