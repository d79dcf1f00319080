import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { nullable } from "convex-helpers/validators";
import { findAuthorities, listAuthorities } from "./model/authorityDirectory";
import * as model from "./model/authorities";
import { renameAuthority } from "./model/permitCopies";
import { authorityDetails, authorityKind } from "./tables/permits";
import { assistedMutation, backgroundMutation, tenantQuery } from "./tenancy/functions";

const authority = v.object({
  _id: v.id("authorities"),
  kind: authorityKind,
  name: v.string(),
  ...authorityDetails,
  archived: v.boolean(),
  revision: v.number(),
  /** Calendar days from submission to approval, the median of `reviews` reviews. */
  medianDays: v.optional(v.number()),
  reviews: v.number(),
});

/** The directory by name; those taken out of it on their own. Needs projects.read. */
export const list = tenantQuery({
  permission: "projects.read",
  args: {
    paginationOpts: paginationOptsValidator,
    kind: v.optional(authorityKind),
    archived: v.boolean(),
  },
  returns: paginationResultValidator(authority),
  handler: async ({ db }, { paginationOpts, ...query }) => {
    const result = await listAuthorities(db, query, paginationOpts);
    return { ...result, page: result.page.map(model.shownAuthority) };
  },
});

/** Authorities of the directory whose name fits the text, at most twenty. Needs projects.read. */
export const search = tenantQuery({
  permission: "projects.read",
  args: { text: v.string(), kind: v.optional(authorityKind) },
  returns: v.array(authority),
  handler: async ({ db }, query) => (await findAuthorities(db, query)).map(model.shownAuthority),
});

/**
 * One authority. Takes any text for the id, since it may come from the address bar: a
 * malformed, an unknown and another company's id are answered alike. Needs projects.read.
 * Throws NOT_FOUND.
 */
export const get = tenantQuery({
  permission: "projects.read",
  args: { authorityId: v.string() },
  returns: authority,
  handler: async ({ db }, { authorityId }) => {
    return model.shownAuthority(await db.getByTextX("authorities", authorityId));
  },
});

const form = { name: v.string(), ...authorityDetails };

/** Adds an authority. Needs projects.write. Throws INVALID. */
export const add = assistedMutation({
  permission: "projects.write",
  args: { kind: authorityKind, ...form },
  returns: v.id("authorities"),
  handler: async (ctx, fields) => await model.addAuthority(ctx, fields),
});

/**
 * Changes an authority; a field that is absent is cleared, and `revision` is the one that the
 * form started from. Needs projects.write. Throws NOT_FOUND, STALE, INVALID.
 */
export const update = assistedMutation({
  permission: "projects.write",
  args: { authorityId: v.id("authorities"), revision: v.number(), ...form },
  returns: v.null(),
  handler: async (ctx, { authorityId, revision, ...fields }) => {
    await model.updateAuthority(ctx, authorityId, revision, fields);
    return null;
  },
});

/** Takes an authority out of the directory, or brings it back. Needs projects.write. Throws NOT_FOUND, INVALID. */
export const setArchived = assistedMutation({
  permission: "projects.write",
  args: { authorityId: v.id("authorities"), archived: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { authorityId, archived }) => {
    await model.setAuthorityArchived(ctx, authorityId, archived);
    return null;
  },
});

/** The next permits that follow an authority's new name; scheduled by the change. */
export const continueRename = backgroundMutation({
  args: { authorityId: v.id("authorities"), cursor: nullable(v.string()) },
  returns: v.null(),
  handler: async (ctx, { authorityId, cursor }) => {
    await renameAuthority(ctx, authorityId, cursor);
    return null;
  },
});
