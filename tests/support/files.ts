import { createHash } from "node:crypto";
import { api } from "../../convex/_generated/api.js";
import type { Id } from "../../convex/_generated/dataModel.js";
import type { DocumentKind } from "../../lib/documents.ts";
import type { Backend } from "./backend.ts";

export type TestFile = { name: string; bytes: string; contentType: string };

/** What an upload's beginning says of a file. */
export function announced({ name, bytes, contentType }: TestFile) {
  return {
    name,
    size: Buffer.byteLength(bytes),
    contentType,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

/** Puts bytes into storage, as a POST to an upload address does; they are nobody's yet. */
export async function store(
  t: Backend,
  { bytes, contentType }: Pick<TestFile, "bytes" | "contentType">,
): Promise<Id<"_storage">> {
  return await t.run(async (ctx) => {
    const storageId = await ctx.storage.store(new Blob([bytes]));
    // convex-test leaves the content type out.
    await ctx.db.patch(storageId as never, { contentType } as never);
    return storageId;
  });
}

/** An upload that has arrived and is not claimed yet. */
export type TestUpload = { uploadId: Id<"fileUploads">; storageId: Id<"_storage"> };

/** Starts the upload of a logo as a member and sends the file. */
export async function uploadLogo(
  t: Backend,
  as: ReturnType<Backend["withIdentity"]>,
  file: TestFile,
): Promise<TestUpload> {
  const { uploadId } = await as.mutation(api.company.startLogoUpload, { file: announced(file) });
  return { uploadId, storageId: await store(t, file) };
}

/** Starts the upload of a document of a project as a member and sends the file. */
export async function uploadDocument(
  t: Backend,
  as: ReturnType<Backend["withIdentity"]>,
  projectId: Id<"projects">,
  file: TestFile,
): Promise<TestUpload> {
  const start = { projectId, file: announced(file) };
  const { uploadId } = await as.mutation(api.documents.startUpload, start);
  return { uploadId, storageId: await store(t, file) };
}

/** Starts the upload of a photo of a survey as a member and sends the file. */
export async function uploadPhoto(
  t: Backend,
  as: ReturnType<Backend["withIdentity"]>,
  surveyId: Id<"surveys">,
  file: TestFile,
): Promise<TestUpload> {
  const start = { surveyId, file: announced(file) };
  const { uploadId } = await as.mutation(api.surveys.startPhoto, start);
  return { uploadId, storageId: await store(t, file) };
}

/** Uploads a document, and answers with its row's id. */
export async function addDocument(
  t: Backend,
  as: ReturnType<Backend["withIdentity"]>,
  projectId: Id<"projects">,
  { kind = "other", ...file }: TestFile & { kind?: DocumentKind },
): Promise<Id<"documents">> {
  const upload = await uploadDocument(t, as, projectId, file);
  const claim = await as.mutation(api.documents.add, { ...upload, projectId, kind });
  if (!("fileId" in claim)) throw new Error(claim.refused.message);
  return await t.run(async ({ db }) => {
    const documents = await db.query("documents").collect();
    return documents.find(({ fileId }) => fileId === claim.fileId)!._id;
  });
}

/** Storage ids of everything that is stored, whoever claimed it. */
export async function storedIds(t: Backend): Promise<Id<"_storage">[]> {
  return await t.run(async (ctx) => {
    const stored = await ctx.db.system.query("_storage").collect();
    return stored.map(({ _id }) => _id);
  });
}
