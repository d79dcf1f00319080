import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { LEAD_ASSIGNMENTS } from "../../lib/campaigns";
import {
  LEAD_ACTIVITY_KINDS,
  LEAD_SOURCES,
  LEAD_STATUSES,
  LOST_REASONS,
} from "../../lib/leadStatus";
import { auditActor, fieldChange } from "./audit";

export const leadStatus = literals(...LEAD_STATUSES);
export const lostReason = literals(...LOST_REASONS);
export const leadSource = literals(...LEAD_SOURCES);
export const leadActivityKind = literals(...LEAD_ACTIVITY_KINDS);
export const leadAssignment = literals(...LEAD_ASSIGNMENTS);

/** Where leads come from. Every tenant starts with one default campaign. */
export const campaigns = defineTable({
  tenantId: v.id("tenants"),
  name: v.string(),
  /** Leads that name no campaign land in this one; it cannot be archived. */
  isDefault: v.boolean(),
  /** Milliseconds; set while no new leads may land here. */
  archivedAt: v.optional(v.number()),
  /** Who gets a new lead that names nobody. */
  assignment: leadAssignment,
  /** Who takes turns, in this order. */
  turnIds: v.array(v.id("members")),
  /** Whose turn is next: a place in `turnIds`. */
  nextTurn: v.number(),
  /** The public form's key, part of its address; absent until it is first turned on. */
  formToken: v.optional(v.string()),
  formOpen: v.boolean(),
})
  .index("by_tenant", ["tenantId"])
  // Crosses tenants: whoever opens a form knows its token only; the tenant is what is looked for.
  .index("by_formToken", ["formToken"]);

/** What may be known of a lead (lib/leads.ts says what each may hold). */
export const leadDetails = {
  /** Normalised; see lib/email.ts. */
  email: v.string(),
  phone: v.string(),
  address: v.string(),
  notes: v.string(),
};

/** Somebody who might want a system. Becomes a project by model/leadConversion.ts. */
export const leads = defineTable({
  tenantId: v.id("tenants"),
  name: v.string(),
  ...v.object(leadDetails).partial().fields,
  /** The phone number in its one spelling; see lib/phone.ts. */
  phoneKey: v.optional(v.string()),
  /** All that the search finds a lead by. Written by model/leads.ts with every change. */
  searchText: v.string(),
  campaignId: v.id("campaigns"),
  source: leadSource,
  status: leadStatus,
  /** Milliseconds; when it came into its present status. */
  statusSince: v.number(),
  /** Set while the status is lost. */
  lost: v.optional(v.object({ reason: lostReason, note: v.optional(v.string()) })),
  /** The project that it became; set with the status converted. */
  projectId: v.optional(v.id("projects")),
  /** The person it is about, and their organization as it is now (model/contactLinks.ts). */
  contactId: v.optional(v.id("contacts")),
  organizationId: v.optional(v.id("organizations")),
  assigneeId: v.optional(v.id("members")),
  /** Who typed or imported it; absent for a form's. */
  createdBy: v.optional(v.id("members")),
  updatedAt: v.number(),
  /** Of a form: the sending, which counts once, and whom it came from that day (model/leadForm.ts). */
  sending: v.optional(v.string()),
  visitor: v.optional(v.string()),
})
  .index("by_tenant_email", ["tenantId", "email"])
  .index("by_tenant_phoneKey", ["tenantId", "phoneKey"])
  .index("by_tenant_contact", ["tenantId", "contactId"])
  .index("by_tenant_organization", ["tenantId", "organizationId"])
  .index("by_tenant_sending", ["tenantId", "sending"])
  .index("by_tenant_visitor", ["tenantId", "visitor"])
  .index("by_tenant_source_campaign", ["tenantId", "source", "campaignId"])
  .searchIndex("search_text", {
    searchField: "searchText",
    filterFields: ["tenantId", "status", "campaignId", "assigneeId"],
  })
  // One index for every choice of filters, each in order of creation, so that a page is read as
  // it is shown (model/leadList.ts).
  /* eslint-disable @convex-dev/no-duplicate-indexes */
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_status", ["tenantId", "status"])
  .index("by_tenant_campaign", ["tenantId", "campaignId"])
  .index("by_tenant_assignee", ["tenantId", "assigneeId"])
  .index("by_tenant_status_campaign", ["tenantId", "status", "campaignId"])
  .index("by_tenant_status_assignee", ["tenantId", "status", "assigneeId"])
  .index("by_tenant_campaign_assignee", ["tenantId", "campaignId", "assigneeId"])
  .index("by_tenant_status_campaign_assignee", ["tenantId", "status", "campaignId", "assigneeId"]);
/* eslint-enable @convex-dev/no-duplicate-indexes */

/** The timeline of every lead: what happened, by whom, before and after. Append-only. */
export const leadActivity = defineTable({
  tenantId: v.id("tenants"),
  leadId: v.id("leads"),
  kind: leadActivityKind,
  actor: auditActor,
  changes: v.array(fieldChange),
  reason: v.optional(v.string()),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_lead", ["tenantId", "leadId"]);
