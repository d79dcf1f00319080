import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { CONTACT_STATES, ORGANIZATION_KINDS } from "../../lib/contacts";
import { auditActor } from "./audit";

export const organizationKind = literals(...ORGANIZATION_KINDS);

/** A person outside the company whom it works with or for. Empty text stands for nothing. */
export const contacts = defineTable({
  tenantId: v.id("tenants"),
  name: v.string(),
  /** The name as lists sort it: without case. */
  sortName: v.string(),
  email: v.string(),
  phone: v.string(),
  address: v.string(),
  notes: v.string(),
  /** E-mail and telephone in their one spelling, by which the same person is found again. */
  emailKey: v.optional(v.string()),
  phoneKey: v.optional(v.string()),
  organizationId: v.optional(v.id("organizations")),
  state: literals(...CONTACT_STATES),
  archivedAt: v.optional(v.number()),
  /** What this record became part of, and how far what pointed to it has followed. */
  mergedInto: v.optional(v.id("contacts")),
  merge: v.optional(v.object({ moved: v.number(), done: v.boolean(), by: auditActor })),
  createdBy: v.id("members"),
  updatedAt: v.number(),
  /** What a search looks through: name, e-mail, telephone. */
  searchText: v.string(),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_state_name", ["tenantId", "state", "sortName"])
  .index("by_tenant_state_email", ["tenantId", "state", "emailKey"])
  .index("by_tenant_state_phone", ["tenantId", "state", "phoneKey"])
  .index("by_tenant_organization", ["tenantId", "organizationId", "state"])
  .index("by_tenant_mergedInto", ["tenantId", "mergedInto"])
  .searchIndex("search_text", {
    searchField: "searchText",
    filterFields: ["tenantId", "state"],
  });

/** A homeowner association, a builder, a financier: whom contacts belong to. Empty text stands for nothing. */
export const organizations = defineTable({
  tenantId: v.id("tenants"),
  name: v.string(),
  sortName: v.string(),
  kind: organizationKind,
  website: v.string(),
  phone: v.string(),
  address: v.string(),
  notes: v.string(),
  archived: v.boolean(),
  archivedAt: v.optional(v.number()),
  createdBy: v.id("members"),
  updatedAt: v.number(),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_archived_name", ["tenantId", "archived", "sortName"])
  .searchIndex("search_name", { searchField: "name", filterFields: ["tenantId", "archived"] });

/**
 * An e-mail address or telephone number that several contacts in the lists share. Kept in step by
 * whatever writes contacts (model/contactMatches.ts), so that duplicates are a list and not a search.
 */
export const contactMatches = defineTable({
  tenantId: v.id("tenants"),
  by: literals("email", "phone"),
  key: v.string(),
  /** The first few of them, by the names they have. */
  people: v.array(v.object({ contactId: v.id("contacts"), name: v.string() })),
})
  // Not covered by the next one: this is the list, newest first.
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_key", ["tenantId", "by", "key"]);
