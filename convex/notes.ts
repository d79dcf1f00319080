import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { pick } from "convex-helpers";
import * as model from "./model/notes";
import { notePart } from "./tables/notes";
import { tenantMutation, tenantQuery } from "./tenancy/functions";

const sentParts = v.array(
  v.union(v.object({ text: v.string() }), v.object({ memberId: v.id("members") })),
);

/** The notes on a project, newest first. Needs projects.read. */
export const list = tenantQuery({
  permission: "projects.read",
  args: { projectId: v.id("projects"), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(
    v.object({
      _id: v.id("notes"),
      _creationTime: v.number(),
      authorId: v.id("members"),
      authorName: v.string(),
      parts: v.array(notePart),
      editedAt: v.optional(v.number()),
    }),
  ),
  handler: async ({ db }, { projectId, paginationOpts }) => {
    const result = await db
      .query("notes")
      .withIndex("by_tenant_project", (q) => q.eq("projectId", projectId))
      .order("desc")
      .paginate(paginationOpts);
    const page = result.page.map((note) =>
      pick(note, ["_id", "_creationTime", "authorId", "authorName", "parts", "editedAt"]),
    );
    return { ...result, page };
  },
});

/** Writes a note; whom it mentions is told. Needs notes.write. Throws NOT_FOUND, INVALID, CONFLICT. */
export const add = tenantMutation({
  permission: "notes.write",
  args: { projectId: v.id("projects"), parts: sentParts },
  returns: v.id("notes"),
  handler: async (ctx, { projectId, parts }) => await model.addNote(ctx, projectId, parts),
});

/** Changes a note of one's own. Needs notes.write. Throws NOT_FOUND, FORBIDDEN, INVALID, CONFLICT. */
export const edit = tenantMutation({
  permission: "notes.write",
  args: { noteId: v.id("notes"), parts: sentParts },
  returns: v.null(),
  handler: async (ctx, { noteId, parts }) => {
    await model.editNote(ctx, noteId, parts, Date.now());
    return null;
  },
});

/** Deletes a note of one's own, or with settings.manage anyone's. Needs notes.write. Throws NOT_FOUND, FORBIDDEN. */
export const remove = tenantMutation({
  permission: "notes.write",
  args: { noteId: v.id("notes") },
  returns: v.null(),
  handler: async (ctx, { noteId }) => {
    await model.removeNote(ctx, noteId);
    return null;
  },
});
