import { z } from "zod";
import type { AuditAction } from "../../lib/audit";
import type { ActivityKind } from "../../lib/activity";
import { DAY_MS } from "../../lib/days";
import {
  DOCUMENT_KIND_NAMES,
  type DocumentKind,
  documentName,
  requiredDocuments,
  RESTORABLE_DAYS,
} from "../../lib/documents";
import { sunupError } from "../../lib/errors";
import { withEndingOf } from "../../lib/files";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { Claim } from "../tables/files";
import type { MemberCtx, TenantFilesCtx } from "../tenancy/functions";
import type { ScopedReader, ScopedWriter } from "../tenancy/scopedDb";
import { recordActivity } from "./activity";
import { actorOf, type AuditActor, changesBetween, recordAudit } from "./audit";
import { parseOrInvalid } from "./invalid";

/** How long a deleted document can be restored, in milliseconds. */
const RESTORABLE_MS = RESTORABLE_DAYS * DAY_MS;

/** Whether the project has such a document, a deleted one not counted. For gates between stages. */
export async function hasDocument(
  db: ScopedReader,
  projectId: Id<"projects">,
  kind: DocumentKind,
): Promise<boolean> {
  const found = await db
    .query("documents")
    .withIndex("by_tenant_project_deleted_kind", (q) =>
      q.eq("projectId", projectId).eq("deletedAt", undefined).eq("kind", kind),
    )
    .first();
  return found !== null;
}

/** What the job needs by how it is paid for, each with whether it is there. Throws NOT_FOUND. */
export async function checklist(db: ScopedReader, projectId: Id<"projects">) {
  const { financing } = await db.getX("projects", projectId);
  return await Promise.all(
    requiredDocuments(financing).map(async (kind) => ({
      kind,
      there: await hasDocument(db, projectId, kind),
    })),
  );
}

/**
 * Makes a sent file a document of the project. Throws NOT_FOUND (project, upload); answers with a
 * refusal of the file: its size, its type, no room.
 */
export async function addDocument(
  ctx: MemberCtx,
  {
    projectId,
    kind,
    ofSurvey = {},
    ...upload
  }: {
    projectId: Id<"projects">;
    kind: DocumentKind;
    ofSurvey?: Pick<Doc<"documents">, "surveyId" | "surveySlot" | "photoKey">;
    uploadId: Id<"fileUploads">;
    storageId: Id<"_storage">;
  },
  now: number,
): Promise<Claim> {
  const { db, files, member } = ctx;
  const project = await db.getX("projects", projectId);
  const claim = await files.claim("document", upload, now);
  if ("refused" in claim) return claim;
  const { name, contentType, size } = await db.getX("files", claim.fileId);
  const { fileId } = claim;
  const document = { projectId, kind, name, fileId, contentType, size };
  await db.insert("documents", { ...document, ...ofSurvey, uploadedByName: member.name });
  await recordChange(db, actorOf(member), project, document, "Added");
  return claim;
}

const changeForm = z.object({ name: documentName.optional() });

/** Gives a document another name or kind; what is absent stays. Throws NOT_FOUND, INVALID, CONFLICT (deleted). */
export async function changeDocument(
  { db, files, member }: MemberCtx,
  documentId: Id<"documents">,
  { kind, ...form }: { name?: string; kind?: DocumentKind },
): Promise<void> {
  const document = await db.getX("documents", documentId);
  if (document.deletedAt !== undefined) {
    throw sunupError("CONFLICT", { message: "This document was deleted. Restore it first." });
  }
  const { name } = parseOrInvalid(changeForm, form);
  const after = {
    name: name === undefined ? document.name : withEndingOf(document.name, name),
    kind: kind ?? document.kind,
  };
  const changes = changesBetween(readable(document), readable(after));
  if (changes.length === 0) return;
  const project = await db.getX("projects", document.projectId);
  await db.patch("documents", documentId, after);
  if (after.name !== document.name) await files.rename(document.fileId, after.name);
  await recordActivity(db, {
    ...{ project, kind: "documentChanged", actor: actorOf(member) },
    ...{ subject: document.name, changes },
  });
}

/** Takes a document out of its project; for 30 days it can be restored. Twice changes nothing. Throws NOT_FOUND. */
export async function deleteDocument(
  { db, member, schedule }: MemberCtx,
  documentId: Id<"documents">,
  now: number,
): Promise<void> {
  const document = await db.getX("documents", documentId);
  if (document.deletedAt !== undefined) return;
  const project = await db.getX("projects", document.projectId);
  await db.patch("documents", documentId, {
    ...{ deletedAt: now, deletedByName: member.name, deletedFrom: project.name },
  });
  await schedule.after(RESTORABLE_MS, internal.documents.sweep, {
    ...{ documentId, deletedAt: now },
  });
  await recordChange(db, actorOf(member), project, document, "Deleted");
}

/** Brings a deleted document back. Twice changes nothing. Throws NOT_FOUND. */
export async function restoreDocument(
  { db, member }: Pick<MemberCtx, "db" | "member">,
  documentId: Id<"documents">,
): Promise<void> {
  const document = await db.getX("documents", documentId);
  if (document.deletedAt === undefined) return;
  const project = await db.getX("projects", document.projectId);
  await db.patch("documents", documentId, {
    ...{ deletedAt: undefined, deletedByName: undefined, deletedFrom: undefined },
  });
  await recordChange(db, actorOf(member), project, document, "Restored");
}

/** Removes a deleted document for good, with its bytes. Throws NOT_FOUND, CONFLICT (not deleted before). */
export async function eraseDocument(
  { db, files, member }: MemberCtx,
  documentId: Id<"documents">,
): Promise<void> {
  const document = await db.getX("documents", documentId);
  if (document.deletedAt === undefined) {
    throw sunupError("CONFLICT", { message: "Delete the document first." });
  }
  await erase({ db, files }, document, actorOf(member));
}

/** Removes a document for good when it has been deleted since then, for its whole time; a restored one stays. */
export async function sweepDocument(
  { db, files }: TenantFilesCtx,
  documentId: Id<"documents">,
  deletedAt: number,
  now: number,
): Promise<void> {
  const document = await db.get("documents", documentId);
  if (document?.deletedAt !== deletedAt || now < deletedAt + RESTORABLE_MS) return;
  await erase({ db, files }, document, { kind: "system" });
}

async function erase(
  { db, files }: TenantFilesCtx,
  document: Doc<"documents">,
  actor: AuditActor,
): Promise<void> {
  await db.delete("documents", document._id);
  await files.remove(document.fileId);
  await recordAudit({ db }, { action: "document.erased", actor, subject: document.name });
}

const RECORDED = {
  Added: { kind: "documentAdded", action: "document.added" },
  Deleted: { kind: "documentDeleted", action: "document.deleted" },
  Restored: { kind: "documentRestored", action: "document.restored" },
} as const satisfies Record<string, { kind: ActivityKind; action: AuditAction }>;

/** A line in the project's timeline and one in the company's audit trail. */
async function recordChange(
  db: ScopedWriter,
  actor: AuditActor,
  project: Doc<"projects">,
  document: Pick<Doc<"documents">, "name" | "kind">,
  what: keyof typeof RECORDED,
): Promise<void> {
  const { kind, action } = RECORDED[what];
  await recordActivity(db, { project, kind, actor, subject: document.name });
  const changes = changesBetween({}, { kind: readable(document).kind, project: project.name });
  await recordAudit({ db }, { action, actor, subject: document.name, changes });
}

function readable({ name, kind }: Pick<Doc<"documents">, "name" | "kind">) {
  return { name, kind: DOCUMENT_KIND_NAMES[kind] };
}
