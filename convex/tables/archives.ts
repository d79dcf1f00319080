import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { ARCHIVE_STATES, RESTORE_STATES } from "../../lib/archive/states";
import { auditActor } from "./audit";

/** Where the writing of an archive goes on. */
export const archivePlace = v.union(
  /** The rows of `table` behind `cursor`. */
  v.object({ kind: v.literal("table"), table: v.string(), cursor: v.union(v.string(), v.null()) }),
  /** The first file behind `cursor`, from byte `from` on. */
  v.object({ kind: v.literal("file"), cursor: v.union(v.string(), v.null()), from: v.number() }),
  /** The manifest and the list of entries. */
  v.object({ kind: v.literal("end") }),
);
export type ArchivePlace = Infer<typeof archivePlace>;

/** The ZIP's entry that is being written; numbers in bytes. */
export const openEntry = v.object({
  path: v.string(),
  offset: v.number(),
  crc: v.number(),
  packed: v.number(),
  size: v.number(),
});

/** How far an archive is. */
export const archiveProgress = v.object({
  place: archivePlace,
  /** Absent between two entries. */
  entry: v.optional(openEntry),
  /** Bytes that are written: the next segment begins here. */
  bytes: v.number(),
  rows: v.number(),
  files: v.number(),
});
export type ArchiveProgress = Infer<typeof archiveProgress>;

/** Everything of a company as a file, which its administrators take away (archives/export.ts). */
export const archives = defineTable({
  tenantId: v.id("tenants"),
  state: literals(...ARCHIVE_STATES),
  askedBy: auditActor,
  /** Why, when staff asked. */
  reason: v.optional(v.string()),
  /** Milliseconds. */
  startedAt: v.number(),
  finishedAt: v.optional(v.number()),
  progress: archiveProgress,
  /** When the work counts as lost, and of a finished archive when it is removed. Milliseconds. */
  dueAt: v.optional(v.number()),
  /** How often the work was lost since it last got on. */
  lost: v.number(),
})
  // Not covered by the next one: the list is in order of creation, newest first.
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_state", ["tenantId", "state"])
  // Crosses tenants: finds archives of any company whose work was lost, or whose time is over.
  .index("by_dueAt", ["dueAt"]);

/** A part of an archive, as the manifest names it. */
export const archivePart = v.object({
  /** Bytes of the segment in front of the packed ones, and behind them. */
  head: v.number(),
  tail: v.number(),
  /** Bytes before packing, and lines if it is a table. */
  size: v.number(),
  rows: v.number(),
  sha256: v.string(),
});

/**
 * Stored bytes of an archive, from `start` on. Set one behind another the segments are the ZIP.
 * Written by tenancy/archive/segments.ts alone: row and bytes come and go together.
 */
export const archiveSegments = defineTable({
  tenantId: v.id("tenants"),
  archiveId: v.id("archives"),
  start: v.number(),
  bytes: v.number(),
  storageId: v.id("_storage"),
  /** The entry that it belongs to as it is with this segment, and its part; absent at the end. */
  entry: v.optional(openEntry),
  part: v.optional(archivePart),
  /** Of a segment of a stored file, which is the entry. */
  file: v.optional(
    v.object({ id: v.string(), size: v.number(), sha256: v.string(), contentType: v.string() }),
  ),
})
  .index("by_tenant_archive_start", ["tenantId", "archiveId", "start"])
  // Crosses tenants: a stored file that is a segment is not swept (tenancy/fileSweep.ts).
  .index("by_storageId", ["storageId"]);

/** Where a restoring goes on: the line of the part of the archive, in the manifest's order. */
export const restorePlace = v.object({ table: v.number(), part: v.number(), line: v.number() });

/** An archive that Sunup's staff bring back into a new company (archives/restore.ts). */
export const restores = defineTable({
  tenantId: v.id("tenants"),
  /** The stored ZIP: one archive with a single segment. */
  archiveId: v.id("archives"),
  state: literals(...RESTORE_STATES),
  place: restorePlace,
  reason: v.string(),
  /** Milliseconds. */
  startedAt: v.number(),
  finishedAt: v.optional(v.number()),
  /** When the work counts as lost. Milliseconds. */
  dueAt: v.optional(v.number()),
  lost: v.number(),
  rows: v.number(),
  files: v.number(),
  /** Rows that could not be brought back, since what they need was not in the archive. */
  leftOut: v.number(),
  /** Why it was refused or failed, in one sentence. */
  problem: v.optional(v.string()),
})
  .index("by_tenant", ["tenantId"])
  // Crosses tenants: finds restorings of any company whose work was lost.
  .index("by_dueAt", ["dueAt"]);

/** Which row of an archive became which, while it is restored. */
export const restoredRows = defineTable({
  tenantId: v.id("tenants"),
  /** An id of the archive, and the one that took its place. */
  from: v.string(),
  to: v.string(),
}).index("by_tenant_from", ["tenantId", "from"]);
