import type { StorageWriter } from "convex/server";
import { sunupError } from "../../../lib/errors";
import type { Doc, Id } from "../../_generated/dataModel";
import type { DatabaseReader, DatabaseWriter } from "../../_generated/server";
import { ownerOf } from "../files";
import { type TenantScope, tenantWriter } from "../rules";
import { scopedReader } from "../scopedDb";

/** A segment as the work on an archive hands it in: its bytes are stored already. */
export type NewSegment = Pick<
  Doc<"archiveSegments">,
  "archiveId" | "start" | "bytes" | "storageId" | "entry" | "part" | "file"
>;

/** Segments that one transaction removes. */
const BATCH = 100;

/** The stored bytes of one tenant's archives, for its background work. */
export function tenantSegments(
  { db, storage }: { db: DatabaseWriter; storage: StorageWriter },
  scope: TenantScope,
) {
  const rows = tenantWriter(db, scope);
  const own = scopedReader(rows, scope);
  return {
    /** Makes stored bytes part of an archive. Throws NOT_FOUND for an archive of others, or bytes that are somebody's. */
    async add(segment: NewSegment): Promise<void> {
      await own.getX("archives", segment.archiveId);
      if (await isTaken(db, segment.storageId)) throw sunupError("NOT_FOUND");
      await rows.insert("archiveSegments", { ...segment, tenantId: scope.tenantId });
    },

    /** Where an archive from elsewhere is sent to. */
    uploadUrl: () => storage.generateUploadUrl(),

    /** How many bytes were stored; null when nothing was, or it is somebody's already. */
    async sizeOf(storageId: Id<"_storage">): Promise<number | null> {
      if (await isTaken(db, storageId)) return null;
      return (await db.system.get("_storage", storageId))?.size ?? null;
    },

    /** Removes the archive's next segments with their bytes; true when there are more. */
    async removeSome(archiveId: Id<"archives">): Promise<boolean> {
      const found = await own
        .query("archiveSegments")
        .withIndex("by_tenant_archive_start", (q) => q.eq("archiveId", archiveId))
        .take(BATCH);
      for (const { _id, storageId } of found) {
        await rows.delete("archiveSegments", _id);
        if ((await db.system.get("_storage", storageId)) !== null) await storage.delete(storageId);
      }
      return found.length === BATCH;
    },
  };
}

/** True when the stored bytes are somebody's: a file, or part of an archive, of whichever tenant. */
export async function isTaken(db: DatabaseReader, storageId: Id<"_storage">): Promise<boolean> {
  if ((await ownerOf(db, storageId)) !== null) return true;
  const segment = await db
    .query("archiveSegments")
    .withIndex("by_storageId", (q) => q.eq("storageId", storageId))
    .first();
  return segment !== null;
}
