import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { pick } from "convex-helpers";
import { sunupError } from "../lib/errors";
import { searchWords } from "../lib/search";
import * as model from "./model/organizations";
import { organizationKind } from "./tables/contacts";
import { assistedMutation, tenantMutation, tenantQuery } from "./tenancy/functions";

const form = {
  name: v.string(),
  kind: organizationKind,
  website: v.string(),
  phone: v.string(),
  address: v.string(),
  notes: v.string(),
};

const listItem = {
  _id: v.id("organizations"),
  name: v.string(),
  kind: organizationKind,
  phone: v.string(),
  address: v.string(),
  archived: v.boolean(),
};

/** Organizations by name; archived ones on their own. Needs contacts.read. */
export const list = tenantQuery({
  permission: "contacts.read",
  args: { paginationOpts: paginationOptsValidator, archived: v.optional(v.boolean()) },
  returns: paginationResultValidator(v.object(listItem)),
  handler: async ({ db }, { paginationOpts, archived = false }) => {
    const result = await db
      .query("organizations")
      .withIndex("by_tenant_archived_name", (q) => q.eq("archived", archived))
      .paginate(paginationOpts);
    return {
      ...result,
      page: result.page.map((row) =>
        pick(row, ["_id", "name", "kind", "phone", "address", "archived"]),
      ),
    };
  },
});

/** Finds at most so many. */
const MAX_FOUND = 25;

/** Organizations in the lists by words of their name, best match first. Needs contacts.read. */
export const search = tenantQuery({
  permission: "contacts.read",
  args: { text: v.string() },
  returns: v.array(v.object(listItem)),
  handler: async ({ db }, { text }) => {
    const found = await db
      .search("organizations", "search_name", searchWords(text), { archived: false })
      .take(MAX_FOUND);
    return found.map((row) => pick(row, ["_id", "name", "kind", "phone", "address", "archived"]));
  },
});

/** One organization; any text is taken for the id. Needs contacts.read. Throws NOT_FOUND. */
export const get = tenantQuery({
  permission: "contacts.read",
  args: { organizationId: v.string() },
  returns: v.object({
    ...listItem,
    website: v.string(),
    notes: v.string(),
    archivedAt: v.optional(v.number()),
    _creationTime: v.number(),
  }),
  handler: async ({ db }, { organizationId }) => {
    return pick(await db.getByTextX("organizations", organizationId), [
      ...(["_id", "_creationTime", "name", "kind", "website", "phone", "address"] as const),
      ...(["notes", "archived", "archivedAt"] as const),
    ]);
  },
});

/** More organizations than one list of contacts names at a time. */
const MAX_NAMES = 100;

/** The names behind organizations' ids, for lists of people. Needs contacts.read. Throws NOT_FOUND, INVALID (too many). */
export const names = tenantQuery({
  permission: "contacts.read",
  args: { organizationIds: v.array(v.id("organizations")) },
  returns: v.array(v.object({ _id: v.id("organizations"), name: v.string() })),
  handler: async ({ db }, { organizationIds }) => {
    if (organizationIds.length > MAX_NAMES) throw sunupError("INVALID");
    const rows = await Promise.all(organizationIds.map((id) => db.getX("organizations", id)));
    return rows.map((row) => pick(row, ["_id", "name"]));
  },
});

/** Creates an organization. Needs contacts.write. Throws INVALID. */
export const create = tenantMutation({
  permission: "contacts.write",
  args: form,
  returns: v.id("organizations"),
  handler: async ({ db, member }, fields) =>
    await model.createOrganization(db, member, fields, Date.now()),
});

/** Changes fields: what is absent stays. Needs contacts.write. Throws NOT_FOUND, INVALID. */
export const update = assistedMutation({
  permission: "contacts.write",
  args: { organizationId: v.id("organizations"), ...v.object(form).partial().fields },
  returns: v.null(),
  handler: async ({ db }, { organizationId, ...change }) => {
    await model.updateOrganization(db, organizationId, change, Date.now());
    return null;
  },
});

/** Takes an organization out of the lists; `restore` undoes it. Needs contacts.write. Throws NOT_FOUND. */
export const archive = assistedMutation({
  permission: "contacts.write",
  args: { organizationId: v.id("organizations") },
  returns: v.null(),
  handler: async ({ db }, { organizationId }) => {
    await model.setArchived(db, organizationId, true, Date.now());
    return null;
  },
});

/** Brings an archived organization back. Needs contacts.write. Throws NOT_FOUND. */
export const restore = assistedMutation({
  permission: "contacts.write",
  args: { organizationId: v.id("organizations") },
  returns: v.null(),
  handler: async ({ db }, { organizationId }) => {
    await model.setArchived(db, organizationId, false, Date.now());
    return null;
  },
});
