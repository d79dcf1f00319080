import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { type ErrorCode, ERRORS } from "../../lib/errors";
import { FILE_KINDS, type FileKind } from "../../lib/files";

const errorObject = v.object({
  code: literals(...(Object.keys(ERRORS) as ErrorCode[])),
  message: v.string(),
  nextStep: v.string(),
  field: v.optional(v.string()),
});

export const fileKind = literals(...(Object.keys(FILE_KINDS) as FileKind[]));

/** What a browser says of a file that it wants to send. */
export const announcedFile = v.object({
  name: v.string(),
  /** Bytes. */
  size: v.number(),
  contentType: v.string(),
  /** Hexadecimal SHA-256 of the bytes. */
  sha256: v.string(),
});
export type AnnouncedFile = Infer<typeof announcedFile>;

/** An upload that may begin: where to send the bytes, and what to claim the stored file with. */
export const startedUpload = v.object({ uploadId: v.id("fileUploads"), uploadUrl: v.string() });
export type StartedUpload = Infer<typeof startedUpload>;

/**
 * What became of an upload. A refusal is a value and not thrown: what it removed must
 * stay removed.
 */
export const claim = v.union(
  v.object({ fileId: v.id("files") }),
  v.object({ refused: errorObject }),
);
export type Claim = Infer<typeof claim>;

/**
 * A stored file of a tenant. Written by tenancy/files.ts alone: row and bytes come and go
 * together. Other rows refer to the file by this row's id; `storageId` never leaves the server.
 */
export const files = defineTable({
  tenantId: v.id("tenants"),
  kind: fileKind,
  name: v.string(),
  storageId: v.id("_storage"),
  /** As it was stored; what is handed out decides lib/files.ts. */
  contentType: v.string(),
  /** Bytes. */
  size: v.number(),
  /** Hexadecimal. */
  sha256: v.string(),
  uploadedBy: v.id("members"),
})
  .index("by_tenant", ["tenantId"])
  // Crosses tenants: a stored file may be claimed once, by whomever.
  .index("by_storageId", ["storageId"]);

/**
 * An upload that a member was let into, until its file is claimed. The digest was named
 * before anything was sent: it says later which stored file is the one of this upload.
 */
export const fileUploads = defineTable({
  tenantId: v.id("tenants"),
  kind: fileKind,
  name: v.string(),
  /** Hexadecimal. */
  sha256: v.string(),
  uploadedBy: v.id("members"),
}).index("by_tenant_member", ["tenantId", "uploadedBy"]);

/** How far unclaimed files have been swept: one row. A platform table: stored files have no tenant. */
export const fileSweeps = defineTable({
  /** Creation time of the last stored file that was looked at, milliseconds. */
  sweptUntil: v.number(),
});
