import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { FINANCING, ROOF_TYPES } from "../../lib/projects";
import { stageCategory } from "./pipeline";

export const financing = literals(...FINANCING);

/** What may be known of a job beside its name and customer (lib/projects.ts says what each may hold). */
export const projectDetails = {
  customerEmail: v.string(),
  customerPhone: v.string(),
  siteAddress: v.string(),
  roofType: literals(...ROOF_TYPES),
  roofAgeYears: v.number(),
  /** Amperes. */
  mainPanelAmps: v.number(),
  /** Kilowatts, DC. */
  systemSizeKw: v.number(),
  moduleModel: v.string(),
  moduleCount: v.number(),
  inverter: v.string(),
  battery: v.string(),
  /** US cents. */
  contractPriceCents: v.number(),
  financing,
  financier: v.string(),
  /** A day, "2026-11-23". */
  targetInstallDay: v.string(),
  notes: v.string(),
};

/** A solar job of a tenant, from signed contract to permission to operate. */
export const projects = defineTable({
  tenantId: v.id("tenants"),
  /** Counts up within the tenant, from 1; shown as P-0001. */
  number: v.number(),
  name: v.string(),
  /** The name as lists sort it: without case. */
  sortName: v.string(),
  customerName: v.string(),
  ...v.object(projectDetails).partial().fields,
  /** The lead that it came from (model/leadConversion.ts). */
  leadId: v.optional(v.id("leads")),
  /** Whom the job is for, and their organization as it is now (model/contactLinks.ts). */
  contactId: v.optional(v.id("contacts")),
  organizationId: v.optional(v.id("organizations")),
  /** Who answers for the job. */
  ownerId: v.optional(v.id("members")),
  /** Who does the work on site. */
  crewIds: v.array(v.id("members")),
  /** Who decides on its permits and on its interconnection. */
  ahjId: v.optional(v.id("authorities")),
  utilityId: v.optional(v.id("authorities")),
  /** Lines of stages' gates that somebody has ticked, by the name of the line. */
  checks: v.optional(v.array(v.string())),
  stageId: v.id("pipelineStages"),
  /** The stage's category, so that lists can filter by it. */
  category: stageCategory,
  /** Milliseconds; when the project came into its present stage. */
  stageEnteredAt: v.number(),
  /** Where its last move came from, so that taking the move back is no new move (model/gates.ts). */
  movedFrom: v.optional(v.id("pipelineStages")),
  /** Milliseconds; when it should have left that stage. Absent where it may stay for ever. */
  stageDueAt: v.optional(v.number()),
  /** Leads the list's indexes; `archivedAt` says when. */
  archived: v.boolean(),
  archivedAt: v.optional(v.number()),
  createdBy: v.id("members"),
  updatedAt: v.number(),
  /** The words by which it is found; they follow the fields (model/projects.ts). */
  searchText: v.string(),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .searchIndex("search_text", {
    searchField: "searchText",
    filterFields: ["tenantId", "archived", "stageId", "category", "ownerId", "financing"],
  })
  .index("by_tenant_number", ["tenantId", "number"])
  .index("by_tenant_contact", ["tenantId", "contactId"])
  .index("by_tenant_organization", ["tenantId", "organizationId"])
  .index("by_tenant_archived_due", ["tenantId", "archived", "stageDueAt"])
  // One index for every filter that leads and every order behind it (model/projectList.ts), so that
  // a page is read as it is shown. Those that end with the filter are in order of creation.
  /* eslint-disable @convex-dev/no-duplicate-indexes */
  .index("by_tenant_archived_created", ["tenantId", "archived"])
  .index("by_tenant_archived_updated", ["tenantId", "archived", "updatedAt"])
  .index("by_tenant_archived_entered", ["tenantId", "archived", "stageEnteredAt"])
  .index("by_tenant_archived_name", ["tenantId", "archived", "sortName"])
  .index("by_tenant_archived_price", ["tenantId", "archived", "contractPriceCents"])
  .index("by_tenant_archived_stage_created", ["tenantId", "archived", "stageId"])
  .index("by_tenant_archived_stage_updated", ["tenantId", "archived", "stageId", "updatedAt"])
  .index("by_tenant_archived_stage_entered", ["tenantId", "archived", "stageId", "stageEnteredAt"])
  .index("by_tenant_archived_stage_name", ["tenantId", "archived", "stageId", "sortName"])
  .index("by_tenant_archived_stage_price", [
    "tenantId",
    "archived",
    "stageId",
    "contractPriceCents",
  ])
  .index("by_tenant_archived_category_created", ["tenantId", "archived", "category"])
  .index("by_tenant_archived_category_updated", ["tenantId", "archived", "category", "updatedAt"])
  .index("by_tenant_archived_category_entered", [
    "tenantId",
    "archived",
    "category",
    "stageEnteredAt",
  ])
  .index("by_tenant_archived_category_name", ["tenantId", "archived", "category", "sortName"])
  .index("by_tenant_archived_category_price", [
    "tenantId",
    "archived",
    "category",
    "contractPriceCents",
  ])
  .index("by_tenant_archived_owner_created", ["tenantId", "archived", "ownerId"])
  .index("by_tenant_archived_owner_updated", ["tenantId", "archived", "ownerId", "updatedAt"])
  .index("by_tenant_archived_owner_entered", ["tenantId", "archived", "ownerId", "stageEnteredAt"])
  .index("by_tenant_archived_owner_name", ["tenantId", "archived", "ownerId", "sortName"])
  .index("by_tenant_archived_owner_price", [
    "tenantId",
    "archived",
    "ownerId",
    "contractPriceCents",
  ]);
/* eslint-enable @convex-dev/no-duplicate-indexes */
