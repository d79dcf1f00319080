import { vi } from "vitest";
import { unzipSync } from "fflate";
import { internal } from "../../convex/_generated/api.js";
import type { Doc, Id } from "../../convex/_generated/dataModel.js";
import type { Manifest } from "../../lib/archive/manifest.ts";
import type { Backend } from "./backend.ts";

/** Lets actions read storage as a deployment does: convex-test's addresses end with the digest. */
export function stubStorage(backend: () => Backend): void {
  vi.stubGlobal("fetch", async (address: string, { headers }: { headers: { range: string } }) => {
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range)!;
    const digest = address.slice(address.indexOf("/storage/") + "/storage/".length);
    const bytes = await backend().run(async (ctx) => {
      const all = await ctx.db.system.query("_storage").collect();
      const found = all.find(({ sha256 }) => sha256 === digest);
      const blob = found && (await ctx.storage.get(found._id));
      return blob && (await blob.slice(Number(from), Number(to) + 1).arrayBuffer());
    });
    return bytes ? new Response(bytes, { status: 206 }) : new Response(null, { status: 404 });
  });
}

export async function archiveOf(t: Backend, archiveId: Id<"archives">): Promise<Doc<"archives">> {
  return (await t.run(({ db }) => db.get("archives", archiveId)))!;
}

/** Lets one action work at an archive, as long as it has time. */
export async function work(t: Backend, archiveId: Id<"archives">): Promise<Doc<"archives">> {
  const { tenantId } = await archiveOf(t, archiveId);
  await t.action(internal.archives.write.work, { tenantId, archiveId });
  return await archiveOf(t, archiveId);
}

/** The bytes of an archive, from its segments. */
export async function bytesOf(t: Backend, archiveId: Id<"archives">): Promise<Uint8Array> {
  const chunks = await t.run(async (ctx) => {
    const { tenantId } = (await ctx.db.get("archives", archiveId))!;
    const segments = await ctx.db
      .query("archiveSegments")
      .withIndex("by_tenant_archive_start", (q) =>
        q.eq("tenantId", tenantId).eq("archiveId", archiveId),
      )
      .collect();
    const stored: ArrayBuffer[] = [];
    for (const { storageId } of segments) {
      stored.push(await (await ctx.storage.get(storageId))!.arrayBuffer());
    }
    return stored;
  });
  return Buffer.concat(chunks.map((chunk) => new Uint8Array(chunk)));
}

/** What is in an archive, as any program that opens a ZIP finds it. */
export function opened(bytes: Uint8Array) {
  const entries = unzipSync(bytes);
  const text = (path: string) => new TextDecoder().decode(entries[path]);
  return {
    entries,
    manifest: JSON.parse(text("manifest.json")) as Manifest,
    rows: (table: string) =>
      text(`${table}/documents.jsonl`)
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
