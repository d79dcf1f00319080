import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { pick } from "convex-helpers";
import { literals, nullable } from "convex-helpers/validators";
import { CONTACT_STATES, identityKeys } from "../lib/contacts";
import { searchWords } from "../lib/search";
import { MERGED_FIELDS, mergeContacts, mergedInto } from "./model/contactMerge";
import { contactsLike } from "./model/contactMatches";
import * as model from "./model/contacts";
import { assistedMutation, tenantMutation, tenantQuery } from "./tenancy/functions";

const listItem = {
  _id: v.id("contacts"),
  name: v.string(),
  email: v.string(),
  phone: v.string(),
  address: v.string(),
  organizationId: v.optional(v.id("organizations")),
  state: literals(...CONTACT_STATES),
  updatedAt: v.number(),
};

const form = {
  name: v.string(),
  email: v.string(),
  phone: v.string(),
  address: v.string(),
  notes: v.string(),
};

/** People by name; archived ones on their own. Needs contacts.read. */
export const list = tenantQuery({
  permission: "contacts.read",
  args: { paginationOpts: paginationOptsValidator, archived: v.optional(v.boolean()) },
  returns: paginationResultValidator(v.object(listItem)),
  handler: async ({ db }, { paginationOpts, archived = false }) => {
    const result = await db
      .query("contacts")
      .withIndex("by_tenant_state_name", (q) => q.eq("state", archived ? "archived" : "active"))
      .paginate(paginationOpts);
    return { ...result, page: result.page.map(model.listItem) };
  },
});

/** Finds at most so many. */
const MAX_FOUND = 25;

/** People in the lists by words of name, e-mail or telephone, best match first. Needs contacts.read. */
export const search = tenantQuery({
  permission: "contacts.read",
  args: { text: v.string() },
  returns: v.array(v.object(listItem)),
  handler: async ({ db }, { text }) => {
    const found = await db
      .search("contacts", "search_text", searchWords(text), { state: "active" })
      .take(MAX_FOUND);
    return found.map(model.listItem);
  },
});

/**
 * One person. Takes any text for the id, since it comes from the address bar: a malformed,
 * an unknown and another company's id are answered alike. Needs contacts.read. Throws NOT_FOUND.
 */
export const get = tenantQuery({
  permission: "contacts.read",
  args: { contactId: v.string() },
  returns: v.object({
    ...listItem,
    _creationTime: v.number(),
    notes: v.string(),
    archivedAt: v.optional(v.number()),
    organization: nullable(
      v.object({ _id: v.id("organizations"), name: v.string(), archived: v.boolean() }),
    ),
    /** What this record became part of. */
    mergedInto: nullable(v.object({ _id: v.id("contacts"), name: v.string() })),
    /** What became part of this one, and how many rows have followed so far. */
    merged: v.array(v.object({ name: v.string(), moved: v.number(), done: v.boolean() })),
  }),
  handler: async ({ db }, { contactId }) => {
    const contact = await db.getByTextX("contacts", contactId);
    const { organizationId } = contact;
    const organization = organizationId && (await db.get("organizations", organizationId));
    const into = contact.mergedInto && (await db.get("contacts", contact.mergedInto));
    return {
      ...model.listItem(contact),
      ...pick(contact, ["_creationTime", "notes", "archivedAt"]),
      organization: organization ? pick(organization, ["_id", "name", "archived"]) : null,
      mergedInto: into ? pick(into, ["_id", "name"]) : null,
      merged: (await mergedInto(db, contact._id)).map(({ name, merge }) => ({
        name,
        moved: merge?.moved ?? 0,
        done: merge?.done ?? true,
      })),
    };
  },
});

/**
 * People in the lists who have this e-mail address or telephone number, however it is
 * written; `except` is left out. Needs contacts.read.
 */
export const similar = tenantQuery({
  permission: "contacts.read",
  args: { email: v.string(), phone: v.string(), except: v.optional(v.id("contacts")) },
  returns: v.array(v.object(listItem)),
  handler: async ({ db }, { except, ...who }) => {
    if (except !== undefined) await db.getX("contacts", except);
    const found = await contactsLike(db, identityKeys(who));
    return found.filter(({ _id }) => _id !== except).map(model.listItem);
  },
});

/** E-mail addresses and telephone numbers that several people share, newest first. Needs contacts.read. */
export const duplicates = tenantQuery({
  permission: "contacts.read",
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(
    v.object({
      _id: v.id("contactMatches"),
      by: literals("email", "phone"),
      key: v.string(),
      people: v.array(v.object({ contactId: v.id("contacts"), name: v.string() })),
    }),
  ),
  handler: async ({ db }, { paginationOpts }) => {
    const result = await db
      .query("contactMatches")
      .withIndex("by_tenant")
      .order("desc")
      .paginate(paginationOpts);
    return {
      ...result,
      page: result.page.map((row) => pick(row, ["_id", "by", "key", "people"])),
    };
  },
});

/** Creates a person. Needs contacts.write. Throws INVALID, NOT_FOUND (organization). */
export const create = tenantMutation({
  permission: "contacts.write",
  args: { ...form, organizationId: v.optional(v.id("organizations")) },
  returns: v.id("contacts"),
  handler: async ({ db, member }, fields) =>
    await model.createContact(db, member, fields, Date.now()),
});

/**
 * Changes fields: what is absent stays, a null organization is none. Needs contacts.write.
 * Throws NOT_FOUND, INVALID, CONFLICT (archived or merged).
 */
export const update = assistedMutation({
  permission: "contacts.write",
  args: {
    contactId: v.id("contacts"),
    ...v.object(form).partial().fields,
    organizationId: v.optional(nullable(v.id("organizations"))),
  },
  returns: v.null(),
  handler: async (ctx, { contactId, ...change }) => {
    await model.updateContact(ctx, contactId, change, Date.now());
    return null;
  },
});

/** Takes a person out of the lists; `restore` undoes it. Needs contacts.write. Throws NOT_FOUND, CONFLICT (merged). */
export const archive = assistedMutation({
  permission: "contacts.write",
  args: { contactId: v.id("contacts") },
  returns: v.null(),
  handler: async (ctx, { contactId }) => {
    await model.setArchived(ctx, contactId, true, Date.now());
    return null;
  },
});

/** Brings an archived person back. Needs contacts.write. Throws NOT_FOUND, CONFLICT (merged). */
export const restore = assistedMutation({
  permission: "contacts.write",
  args: { contactId: v.id("contacts") },
  returns: v.null(),
  handler: async (ctx, { contactId }) => {
    await model.setArchived(ctx, contactId, false, Date.now());
    return null;
  },
});

/**
 * Makes one person part of another, for good: `take` names the fields whose values come
 * from the one that goes. Needs contacts.write. Throws NOT_FOUND, INVALID, STALE, CONFLICT.
 */
export const merge = assistedMutation({
  permission: "contacts.write",
  args: {
    keepId: v.id("contacts"),
    mergeId: v.id("contacts"),
    take: v.array(literals(...MERGED_FIELDS)),
    seen: v.object({ keep: v.number(), merge: v.number() }),
  },
  returns: v.null(),
  handler: async (ctx, merge) => {
    await mergeContacts(ctx, merge, Date.now());
    return null;
  },
});
