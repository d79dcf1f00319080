import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { DOCUMENT_KINDS } from "../../lib/documents";

export const documentKind = literals(...DOCUMENT_KINDS);

/**
 * A paper or picture of a project. Its bytes are a row of `files`; that stays until the document
 * can no longer be brought back. Written by model/documents.ts alone.
 */
export const documents = defineTable({
  tenantId: v.id("tenants"),
  projectId: v.id("projects"),
  kind: documentKind,
  name: v.string(),
  fileId: v.id("files"),
  contentType: v.string(),
  /** Bytes. */
  size: v.number(),
  /** By the name of that time, so that a list needs no look-ups. */
  uploadedByName: v.string(),
  /** The survey that it was taken for, what it shows there, and the name its sender gave it. */
  surveyId: v.optional(v.id("surveys")),
  surveySlot: v.optional(v.string()),
  photoKey: v.optional(v.string()),
  /** Milliseconds; set while the document is deleted and can still be restored. */
  deletedAt: v.optional(v.number()),
  deletedByName: v.optional(v.string()),
  /** The project's name when the document was deleted. */
  deletedFrom: v.optional(v.string()),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_survey", ["tenantId", "surveyId", "deletedAt"])
  .index("by_tenant_deleted", ["tenantId", "deletedAt"])
  // Not covered by the next one: this is the project's list, newest first, whatever the kind.
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant_project_deleted", ["tenantId", "projectId", "deletedAt"])
  .index("by_tenant_project_deleted_kind", ["tenantId", "projectId", "deletedAt", "kind"]);
