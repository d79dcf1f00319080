import type { StorageWriter } from "convex/server";
import type { ErrorData } from "../../lib/errors";
import { sunupError, sunupErrorData } from "../../lib/errors";
import { cleanFileName, type FileKind, fileProblem, UPLOAD_LIFETIME_MS } from "../../lib/files";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { DatabaseReader, DatabaseWriter } from "../_generated/server";
import { freeUsage, tryTakeUsage } from "../model/usage";
import type { AnnouncedFile, Claim, StartedUpload } from "../tables/files";
import { type TenantScope, tenantWriter } from "./rules";
import { scopedReader, scopedWriter } from "./scopedDb";
import type { TenantScheduler } from "./scheduler";
import { recordDenied } from "./securityLog";

/**
 * The third wall: the only way of a tenant's function to stored files. Convex's storage
 * knows no tenants, a storage id is worth what it names, and a download address opens to
 * whoever has it. So neither is handed out:
 *  - A file is a row of `files`, and other rows refer to that. Row and bytes come and go together.
 *  - Who uploads names the digest first. Only a stored file of that digest, sent after
 *    that, can be claimed: knowing somebody else's fresh storage id is not enough, and a
 *    claim that fails touches nothing that could be another's.
 *  - A stored file is claimed once, in all tenants together.
 *  - Size, type and digest are what storage says they are.
 *  - What is kept is counted against the plan's storage in the same transaction.
 *  - Downloads go through tenancy/fileDoor.ts, which asks who is calling every time.
 */

/** Uploads that one member may have open at once. */
const MAX_OPEN_UPLOADS = 100;

type Storage = { db: DatabaseWriter; storage: StorageWriter };

/** Files of the caller's tenant, for its mutations. The function's own gate says who may store which kind. */
export function memberFiles(
  { db, storage }: Storage,
  { member, tenant }: { member: Doc<"members">; tenant: Doc<"tenants"> },
  schedule: TenantScheduler,
) {
  const scope: TenantScope = { tenantId: member.tenantId, memberId: member._id };
  const rows = tenantWriter(db, scope);
  const own = scopedReader(rows, scope);
  const counters = scopedWriter(rows, scope);
  return {
    ...tenantFiles({ db, storage }, scope),

    /**
     * An address that takes the file for an hour, and the upload to claim it with.
     * Throws INVALID (size, type, digest), CONFLICT (too many open uploads).
     */
    async startUpload(kind: FileKind, file: AnnouncedFile): Promise<StartedUpload> {
      const problem = fileProblem(kind, file);
      if (problem !== null) throw sunupError("INVALID", { message: problem, field: "file" });
      if (!/^[0-9a-f]{64}$/.test(file.sha256)) throw sunupError("INVALID", { field: "file" });
      const open = await own
        .query("fileUploads")
        .withIndex("by_tenant_member", (q) => q.eq("uploadedBy", member._id))
        .take(MAX_OPEN_UPLOADS);
      if (open.length === MAX_OPEN_UPLOADS) {
        throw sunupError("CONFLICT", { message: "Too many uploads are under way at once." });
      }
      const uploadId = await rows.insert("fileUploads", {
        tenantId: scope.tenantId,
        kind,
        name: cleanFileName(file.name),
        sha256: file.sha256,
        uploadedBy: member._id,
      });
      await schedule.after(UPLOAD_LIFETIME_MS, internal.files.forgetUpload, { uploadId });
      return { uploadId, uploadUrl: await storage.generateUploadUrl() };
    },

    /**
     * Makes the stored file the tenant's own. Throws NOT_FOUND when this is not the file
     * of this upload, whatever it is instead. Answers with a refusal, and removes the
     * stored file, when it is that file and may not be kept: its size, its type, no room.
     */
    async claim(
      kind: FileKind,
      { uploadId, storageId }: { uploadId: Id<"fileUploads">; storageId: Id<"_storage"> },
      now: number,
    ): Promise<Claim> {
      const upload = await own.getX("fileUploads", uploadId);
      const stored = await unclaimed(db, scope, storageId);
      if (
        upload.uploadedBy !== member._id ||
        upload.kind !== kind ||
        upload._creationTime < now - UPLOAD_LIFETIME_MS ||
        stored._creationTime < upload._creationTime ||
        hexadecimal(stored.sha256) !== upload.sha256
      ) {
        throw sunupError("NOT_FOUND");
      }
      await rows.delete("fileUploads", upload._id);
      const refused =
        refusal(kind, stored) ??
        (await tryTakeUsage({ db: counters, tenant }, "storageBytes", stored.size, now));
      if (refused) {
        await storage.delete(storageId);
        return { refused };
      }
      const fileId = await rows.insert("files", {
        tenantId: scope.tenantId,
        kind,
        name: upload.name,
        storageId,
        contentType: stored.contentType ?? "",
        size: stored.size,
        sha256: upload.sha256,
        uploadedBy: member._id,
      });
      return { fileId };
    },
  };
}

/** Files of one tenant, also for its background work. */
export function tenantFiles({ db, storage }: Storage, scope: TenantScope) {
  const rows = tenantWriter(db, scope);
  const own = scopedReader(rows, scope);
  const counters = scopedWriter(rows, scope);
  return {
    /** Removes a file for good: its row, its bytes with it, and their room is free again. Throws NOT_FOUND. */
    async remove(fileId: Id<"files">): Promise<void> {
      const file = await own.getX("files", fileId);
      await rows.delete("files", file._id);
      await storage.delete(file.storageId);
      await freeUsage(counters, "storageBytes", file.size);
    },

    /** Gives a file the name under which it is saved by a browser. Throws NOT_FOUND. */
    async rename(fileId: Id<"files">, name: string): Promise<void> {
      const file = await own.getX("files", fileId);
      await rows.patch("files", file._id, { name: cleanFileName(name) });
    },

    /** Forgets an upload that was never claimed; one that is gone already stays gone. */
    async forgetUpload(uploadId: Id<"fileUploads">): Promise<void> {
      const upload = await own.get("fileUploads", uploadId);
      if (upload !== null) await rows.delete("fileUploads", upload._id);
    },
  };
}

/** A stored file that is nobody's yet. Throws NOT_FOUND; a claim of another tenant's file is recorded. */
async function unclaimed(db: DatabaseReader, scope: TenantScope, storageId: Id<"_storage">) {
  const owner = await ownerOf(db, storageId);
  if (owner !== null && owner.tenantId !== scope.tenantId) {
    recordDenied(scope, "insert", "files", owner);
  }
  const stored = owner === null ? await db.system.get("_storage", storageId) : null;
  if (stored === null) throw sunupError("NOT_FOUND");
  return stored;
}

/** The file, of whichever tenant, that a stored file was claimed as. */
export async function ownerOf(
  db: DatabaseReader,
  storageId: Id<"_storage">,
): Promise<Doc<"files"> | null> {
  return await db
    .query("files")
    .withIndex("by_storageId", (q) => q.eq("storageId", storageId))
    .unique();
}

function refusal(
  kind: FileKind,
  { size, contentType }: { size: number; contentType?: string },
): ErrorData | null {
  const problem = fileProblem(kind, { size, contentType });
  return problem === null ? null : sunupErrorData("INVALID", { message: problem, field: "file" });
}

/** Convex writes the digest of a stored file in base64 or hexadecimal. */
function hexadecimal(digest: string): string {
  if (/^[0-9a-f]{64}$/i.test(digest)) return digest.toLowerCase();
  return Array.from(atob(digest), (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join(
    "",
  );
}
