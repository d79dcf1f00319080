import { joined } from "../../../lib/archive/packing";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import type { ActionCtx } from "../../_generated/server";

/**
 * Stored bytes for the work on one tenant's archives: it names its own files and archives by their
 * rows, and reads parts of them, so that nothing is ever whole in memory.
 */
export function archiveBytes({ storage, runQuery }: ActionCtx, tenantId: Id<"tenants">) {
  async function read(storageId: Id<"_storage">, from: number, to: number) {
    const url = await storage.getUrl(storageId);
    if (url === null) return null;
    const answer = await fetch(url, { headers: { range: `bytes=${from}-${to - 1}` } });
    if (answer.status === 404) return null;
    if (answer.status !== 206) throw new Error(`Storage answered ${answer.status} to a part.`);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return bytes.length === to - from ? bytes : null;
  }
  return {
    /** Stores bytes. They are nobody's, and swept after some hours, until a row claims them. */
    store: (bytes: Uint8Array, contentType = "application/octet-stream") =>
      storage.store(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: contentType })),

    /** Removes bytes that `store` has just stored and that no row claimed. */
    discard: (storageId: Id<"_storage">) => storage.delete(storageId),

    /** Bytes of a file of the tenant from `from` up to `to`, without that one; null when it is gone. */
    async ofFile(fileId: Id<"files">, from: number, to: number): Promise<Uint8Array | null> {
      const storageId = await runQuery(internal.archives.sources.file, { tenantId, fileId });
      return storageId === null ? null : await read(storageId, from, to);
    },

    /** Bytes of an archive of the tenant, likewise; null when it does not reach so far. */
    async ofArchive(archiveId: Id<"archives">, from: number, to: number) {
      const chunks: Uint8Array[] = [];
      for (let at = from; at < to;) {
        const where = { tenantId, archiveId, at };
        const segment = await runQuery(internal.archives.sources.segment, where);
        if (segment === null) return null;
        const inside = at - segment.start;
        const until = Math.min(to - segment.start, segment.bytes);
        const chunk = await read(segment.storageId, inside, until);
        if (chunk === null) return null;
        chunks.push(chunk);
        at += chunk.length;
      }
      return joined(chunks);
    },
  };
}
