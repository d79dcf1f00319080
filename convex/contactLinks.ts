import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { pick } from "convex-helpers";
import { nullable } from "convex-helpers/validators";
import { continueMerge as mergeNext } from "./model/contactMerge";
import { followContact, linkProject as link } from "./model/contactLinks";
import { listItem as personItem } from "./model/contacts";
import type { Doc } from "./_generated/dataModel";
import { leadStatus } from "./tables/leads";
import { assistedMutation, backgroundMutation, tenantQuery } from "./tenancy/functions";

const projectItems = paginationResultValidator(
  v.object({
    _id: v.id("projects"),
    number: v.number(),
    name: v.string(),
    siteAddress: v.optional(v.string()),
    stageId: v.id("pipelineStages"),
    archived: v.boolean(),
  }),
);

/** The projects for a person, newest first. Needs contacts.read. Throws NOT_FOUND. */
export const projectsOfContact = tenantQuery({
  permission: "contacts.read",
  args: { contactId: v.id("contacts"), paginationOpts: paginationOptsValidator },
  returns: projectItems,
  handler: async ({ db }, { contactId, paginationOpts }) => {
    await db.getX("contacts", contactId);
    const result = await db
      .query("projects")
      .withIndex("by_tenant_contact", (q) => q.eq("contactId", contactId))
      .order("desc")
      .paginate(paginationOpts);
    return { ...result, page: result.page.map(projectItem) };
  },
});

/** The projects for the people of an organization, newest first. Needs contacts.read. Throws NOT_FOUND. */
export const projectsOfOrganization = tenantQuery({
  permission: "contacts.read",
  args: { organizationId: v.id("organizations"), paginationOpts: paginationOptsValidator },
  returns: projectItems,
  handler: async ({ db }, { organizationId, paginationOpts }) => {
    await db.getX("organizations", organizationId);
    const result = await db
      .query("projects")
      .withIndex("by_tenant_organization", (q) => q.eq("organizationId", organizationId))
      .order("desc")
      .paginate(paginationOpts);
    return { ...result, page: result.page.map(projectItem) };
  },
});

function projectItem(project: Doc<"projects">) {
  return pick(project, ["_id", "number", "name", "siteAddress", "stageId", "archived"]);
}

const leadItems = paginationResultValidator(
  v.object({
    _id: v.id("leads"),
    _creationTime: v.number(),
    name: v.string(),
    status: leadStatus,
  }),
);

/** The leads of a person, newest first. Needs contacts.read. Throws NOT_FOUND. */
export const leadsOfContact = tenantQuery({
  permission: "contacts.read",
  args: { contactId: v.id("contacts"), paginationOpts: paginationOptsValidator },
  returns: leadItems,
  handler: async ({ db }, { contactId, paginationOpts }) => {
    await db.getX("contacts", contactId);
    const result = await db
      .query("leads")
      .withIndex("by_tenant_contact", (q) => q.eq("contactId", contactId))
      .order("desc")
      .paginate(paginationOpts);
    return { ...result, page: result.page.map(leadItem) };
  },
});

/** The leads of an organization's people, newest first. Needs contacts.read. Throws NOT_FOUND. */
export const leadsOfOrganization = tenantQuery({
  permission: "contacts.read",
  args: { organizationId: v.id("organizations"), paginationOpts: paginationOptsValidator },
  returns: leadItems,
  handler: async ({ db }, { organizationId, paginationOpts }) => {
    await db.getX("organizations", organizationId);
    const result = await db
      .query("leads")
      .withIndex("by_tenant_organization", (q) => q.eq("organizationId", organizationId))
      .order("desc")
      .paginate(paginationOpts);
    return { ...result, page: result.page.map(leadItem) };
  },
});

function leadItem(lead: Doc<"leads">) {
  return pick(lead, ["_id", "_creationTime", "name", "status"]);
}

/** The people of an organization who are in the lists. Needs contacts.read. Throws NOT_FOUND. */
export const people = tenantQuery({
  permission: "contacts.read",
  args: { organizationId: v.id("organizations"), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(
    v.object({ _id: v.id("contacts"), name: v.string(), email: v.string(), phone: v.string() }),
  ),
  handler: async ({ db }, { organizationId, paginationOpts }) => {
    await db.getX("organizations", organizationId);
    const result = await db
      .query("contacts")
      .withIndex("by_tenant_organization", (q) =>
        q.eq("organizationId", organizationId).eq("state", "active"),
      )
      .paginate(paginationOpts);
    return {
      ...result,
      page: result.page.map((row) => pick(personItem(row), ["_id", "name", "email", "phone"])),
    };
  },
});

/** Says who a project is for; null takes the link away. Needs projects.write. Throws NOT_FOUND, CONFLICT (archived). */
export const linkProject = assistedMutation({
  permission: "projects.write",
  args: { projectId: v.id("projects"), contactId: nullable(v.id("contacts")) },
  returns: v.null(),
  handler: async (ctx, { projectId, contactId }) => {
    await link(ctx, projectId, contactId, Date.now());
    return null;
  },
});

const step = {
  contactId: v.id("contacts"),
  place: v.object({ step: v.number(), cursor: nullable(v.string()) }),
};

/** The next step of a merge; scheduled by the one before. */
export const continueMerge = backgroundMutation({
  args: step,
  returns: v.null(),
  handler: async (ctx, { contactId, place }) => {
    await mergeNext(ctx, contactId, place);
    return null;
  },
});

/** The next rows that follow a contact's organization; scheduled by its change. */
export const follow = backgroundMutation({
  args: step,
  returns: v.null(),
  handler: async (ctx, { contactId, place }) => {
    await followContact(ctx, contactId, place);
    return null;
  },
});
