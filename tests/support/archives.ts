import { vi } from "vitest";
import { unzipSync } from "fflate";
import { internal } from "../../convex/_generated/api.js";
import type { Doc, Id } from "../../convex/_generated/dataModel.js";
import { crc32 } from "../../lib/archive/checksums.ts";
import { digestOf } from "../../lib/digest.ts";
import { type Manifest, MANIFEST_PATH } from "../../lib/archive/manifest.ts";
import { joined, packed, PACKED_END } from "../../lib/archive/packing.ts";
import {
  directory,
  directoryPlace,
  END_BYTES,
  entriesOf,
  entryHead,
  entryTail,
} from "../../lib/archive/zip.ts";
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

type Part = Manifest["files"][number]["parts"][number];

/**
 * An archive whose frame and checksums are right, and whose manifest is another one. `part` adds
 * bytes in front of the manifest, packed or as they are, and says where they stand.
 */
export async function forged(
  archive: Uint8Array,
  change: (
    manifest: Manifest,
    part: (content: Uint8Array, as?: Uint8Array) => Promise<Part>,
  ) => Promise<void> | void,
): Promise<Uint8Array> {
  const { offset, size, count } = directoryPlace(archive.subarray(-END_BYTES))!;
  const entries = entriesOf(archive.subarray(offset, offset + size), count);
  const named = entries.find(({ path }) => path === MANIFEST_PATH)!;
  const { manifest } = opened(archive);
  const chunks = [archive.subarray(0, named.offset)];
  let at = named.offset;
  const add = (chunk: Uint8Array) => {
    chunks.push(chunk);
    at += chunk.length;
  };
  await change(manifest, async (content, as = packed(content, true)) => {
    const place = { offset: at, packed: as.length, size: content.length };
    add(as);
    return { ...place, sha256: await digestOf(content) };
  });
  const text = new TextEncoder().encode(JSON.stringify(manifest));
  const body = joined([packed(text, true), PACKED_END]);
  const entry = { ...named, offset: at, crc: crc32(text), packed: body.length, size: text.length };
  for (const chunk of [entryHead(MANIFEST_PATH), body, entryTail(entry)]) add(chunk);
  const others = entries.filter((each) => each !== named);
  return joined([...chunks, ...directory([...others, entry], at)]);
}
