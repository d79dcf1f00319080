import { ConvexError } from "convex/values";
import type { Id } from "@/convex/_generated/dataModel";
import type { AnnouncedFile, Claim, StartedUpload } from "@/convex/tables/files";
import { sunupError } from "@/lib/errors";

type Upload = {
  /** Asks the server for an address; it checks what is said of the file first. */
  start: (args: { file: AnnouncedFile }) => Promise<StartedUpload>;
  /** Makes what arrived the company's own. */
  claim: (args: { uploadId: Id<"fileUploads">; storageId: Id<"_storage"> }) => Promise<Claim>;
};

/**
 * Sends a file to storage and claims it: names its digest, posts the bytes, claims what
 * arrived. Throws the server's refusals, and CONFLICT when the way there failed.
 */
export async function uploadFile(file: File, { start, claim }: Upload): Promise<Id<"files">> {
  const { uploadId, uploadUrl } = await start({
    file: {
      name: file.name,
      size: file.size,
      contentType: file.type,
      sha256: hexadecimal(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())),
    },
  });
  const result = await claim({ uploadId, storageId: await send(file, uploadUrl) });
  if ("refused" in result) throw new ConvexError(result.refused);
  return result.fileId;
}

async function send(file: File, uploadUrl: string): Promise<Id<"_storage">> {
  try {
    const answer = await fetch(uploadUrl, {
      method: "POST",
      headers: { "content-type": file.type || "application/octet-stream" },
      body: file,
    });
    if (answer.ok) return ((await answer.json()) as { storageId: Id<"_storage"> }).storageId;
  } catch {
    // No network: the same sentence as for a server that failed.
  }
  throw sunupError("CONFLICT", { message: "The file did not arrive." });
}

function hexadecimal(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
