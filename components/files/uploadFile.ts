import { ConvexError } from "convex/values";
import type { Id } from "@/convex/_generated/dataModel";
import type { AnnouncedFile, Claim, StartedUpload } from "@/convex/tables/files";
import { sunupError } from "@/lib/errors";
import { contentTypeOf } from "@/lib/files";

type Upload = {
  /** Asks the server for an address; it checks what is said of the file first. */
  start: (args: { file: AnnouncedFile }) => Promise<StartedUpload>;
  /** Makes what arrived the company's own. */
  claim: (args: { uploadId: Id<"fileUploads">; storageId: Id<"_storage"> }) => Promise<Claim>;
};

/** Watches an upload, and ends it: until the claim nothing of it stays. */
export type UploadWatch = {
  signal?: AbortSignal;
  /** How much has been sent, from 0 to 1. */
  onProgress?: (sent: number) => void;
};

/**
 * Sends a file to storage and claims it: names its digest, posts the bytes, claims what
 * arrived. Throws the server's refusals, CONFLICT when the way there failed, and the
 * signal's reason when it was ended.
 */
export async function uploadFile(
  file: File,
  { start, claim }: Upload,
  watch: UploadWatch = {},
): Promise<Id<"files">> {
  const contentType = contentTypeOf(file);
  const { uploadId, uploadUrl } = await start({
    file: {
      name: file.name,
      size: file.size,
      contentType,
      sha256: hexadecimal(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())),
    },
  });
  watch.signal?.throwIfAborted();
  const storageId = await send(file, contentType, uploadUrl, watch);
  watch.signal?.throwIfAborted();
  const result = await claim({ uploadId, storageId });
  if ("refused" in result) throw new ConvexError(result.refused);
  return result.fileId;
}

/** Posts the bytes. Not `fetch`, which cannot say how much has been sent. */
async function send(
  file: File,
  contentType: string,
  uploadUrl: string,
  { signal, onProgress }: UploadWatch,
): Promise<Id<"_storage">> {
  const request = new XMLHttpRequest();
  const end = () => request.abort();
  signal?.addEventListener("abort", end);
  try {
    return await new Promise((resolve, reject) => {
      const failed = () => reject(sunupError("CONFLICT", NOT_ARRIVED));
      request.open("POST", uploadUrl);
      request.responseType = "json";
      request.setRequestHeader("content-type", contentType || "application/octet-stream");
      request.upload.onprogress = ({ loaded, total }) =>
        onProgress?.(total > 0 ? loaded / total : 0);
      request.onerror = failed;
      request.onabort = () => reject(signal?.reason as Error);
      request.onload = () => {
        const answer = request.response as { storageId: Id<"_storage"> } | null;
        if (request.status === 200 && answer) resolve(answer.storageId);
        else failed();
      };
      request.send(file);
    });
  } finally {
    signal?.removeEventListener("abort", end);
  }
}

const NOT_ARRIVED = {
  message: "The file did not arrive.",
  nextStep: "Check your connection and try again.",
};

function hexadecimal(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
