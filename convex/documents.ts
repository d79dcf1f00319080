import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { pick } from "convex-helpers";
import type { Doc } from "./_generated/dataModel";
import * as model from "./model/documents";
import { documentKind } from "./tables/documents";
import { announcedFile, claim, startedUpload } from "./tables/files";
import { backgroundMutation, tenantMutation, tenantQuery } from "./tenancy/functions";

const listItem = {
  _id: v.id("documents"),
  _creationTime: v.number(),
  projectId: v.id("projects"),
  kind: documentKind,
  name: v.string(),
  fileId: v.id("files"),
  contentType: v.string(),
  size: v.number(),
  uploadedByName: v.string(),
};

const deletedItem = {
  ...listItem,
  deletedAt: v.number(),
  deletedByName: v.string(),
  deletedFrom: v.string(),
};

/** A project's documents, newest first, of one kind or of all. Needs projects.read. */
export const list = tenantQuery({
  permission: "projects.read",
  args: {
    paginationOpts: paginationOptsValidator,
    projectId: v.id("projects"),
    kind: v.optional(documentKind),
  },
  returns: paginationResultValidator(v.object(listItem)),
  handler: async ({ db }, { paginationOpts, projectId, kind }) => {
    const documents = db.query("documents");
    const rows =
      kind === undefined
        ? documents.withIndex("by_tenant_project_deleted", (q) =>
            q.eq("projectId", projectId).eq("deletedAt", undefined),
          )
        : documents.withIndex("by_tenant_project_deleted_kind", (q) =>
            q.eq("projectId", projectId).eq("deletedAt", undefined).eq("kind", kind),
          );
    const result = await rows.order("desc").paginate(paginationOpts);
    return { ...result, page: result.page.map(shown) };
  },
});

/**
 * The kinds of documents that the project needs, by how it is paid for, each with whether it is
 * there. Needs projects.read. Throws NOT_FOUND.
 */
export const checklist = tenantQuery({
  permission: "projects.read",
  args: { projectId: v.id("projects") },
  returns: v.array(v.object({ kind: documentKind, there: v.boolean() })),
  handler: async ({ db }, { projectId }) => await model.checklist(db, projectId),
});

/** Documents of all projects that can still be restored, last deleted first. Needs projects.write. */
export const recentlyDeleted = tenantQuery({
  permission: "projects.write",
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(v.object(deletedItem)),
  handler: async ({ db }, { paginationOpts }) => {
    const result = await db
      .query("documents")
      .withIndex("by_tenant_deleted", (q) => q.gt("deletedAt", 0))
      .order("desc")
      .paginate(paginationOpts);
    return { ...result, page: result.page.map(shownDeleted) };
  },
});

/** An address to send a document to. Needs projects.write. Throws NOT_FOUND (project), INVALID, CONFLICT. */
export const startUpload = tenantMutation({
  permission: "projects.write",
  args: { projectId: v.id("projects"), file: announcedFile },
  returns: startedUpload,
  handler: async ({ db, files }, { projectId, file }) => {
    await db.getX("projects", projectId);
    return await files.startUpload("document", file);
  },
});

/**
 * Makes the sent file a document of the project. Needs projects.write. Throws NOT_FOUND; answers
 * with a refusal when the file may not be kept.
 */
export const add = tenantMutation({
  permission: "projects.write",
  args: {
    projectId: v.id("projects"),
    kind: documentKind,
    uploadId: v.id("fileUploads"),
    storageId: v.id("_storage"),
  },
  returns: claim,
  handler: async (ctx, document) => await model.addDocument(ctx, document, Date.now()),
});

/** Gives a document another name or kind. Needs projects.write. Throws NOT_FOUND, INVALID, CONFLICT (deleted). */
export const update = tenantMutation({
  permission: "projects.write",
  args: {
    documentId: v.id("documents"),
    name: v.optional(v.string()),
    kind: v.optional(documentKind),
  },
  returns: v.null(),
  handler: async (ctx, { documentId, ...change }) => {
    await model.changeDocument(ctx, documentId, change);
    return null;
  },
});

/** Deletes a document; for 30 days `restore` undoes it. Needs projects.write. Throws NOT_FOUND. */
export const remove = tenantMutation({
  permission: "projects.write",
  args: { documentId: v.id("documents") },
  returns: v.null(),
  handler: async (ctx, { documentId }) => {
    await model.deleteDocument(ctx, documentId, Date.now());
    return null;
  },
});

/** Brings a deleted document back to its project. Needs projects.write. Throws NOT_FOUND. */
export const restore = tenantMutation({
  permission: "projects.write",
  args: { documentId: v.id("documents") },
  returns: v.null(),
  handler: async (ctx, { documentId }) => {
    await model.restoreDocument(ctx, documentId);
    return null;
  },
});

/**
 * Removes a deleted document for good and gives its room back, without waiting for its 30 days.
 * Needs settings.manage. Throws NOT_FOUND, CONFLICT (not deleted).
 */
export const erase = tenantMutation({
  permission: "settings.manage",
  args: { documentId: v.id("documents") },
  returns: v.null(),
  handler: async (ctx, { documentId }) => {
    await model.eraseDocument(ctx, documentId);
    return null;
  },
});

/** Removes a document that was deleted then and not restored since; scheduled when it is deleted. */
export const sweep = backgroundMutation({
  args: { documentId: v.id("documents"), deletedAt: v.number() },
  returns: v.null(),
  handler: async (ctx, { documentId, deletedAt }) => {
    await model.sweepDocument(ctx, documentId, deletedAt, Date.now());
    return null;
  },
});

function shown(document: Doc<"documents">) {
  return pick(document, [
    ...(["_id", "_creationTime", "projectId", "kind", "name"] as const),
    ...(["fileId", "contentType", "size", "uploadedByName"] as const),
  ]);
}

function shownDeleted(document: Doc<"documents">) {
  const { deletedAt = 0, deletedByName = "", deletedFrom = "" } = document;
  return { ...shown(document), deletedAt, deletedByName, deletedFrom };
}
