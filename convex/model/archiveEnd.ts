import { crc32 } from "../../lib/archive/checksums";
import {
  ARCHIVE_FORMAT,
  ARCHIVE_VERSION,
  type Manifest,
  MANIFEST_PATH,
  type ManifestPart,
} from "../../lib/archive/manifest";
import { joined, packed, PACKED_END } from "../../lib/archive/packing";
import { tableNumberOf } from "../../lib/archive/tableNumber";
import { directory, entryHead, entryTail, type ZipEntry } from "../../lib/archive/zip";
import type { ArchiveProgress } from "../tables/archives";
import type { ArchiveBook, WrittenSegment } from "./archiveWriter";

const README = `Everything of one company on Sunup, as a snapshot of Convex's: one line of JSON for each row,
in the folder of its table, and the stored files in _storage. manifest.json says how many there are,
when they were read and how to check them.
`;

/** The last segment: the lists of tables and files, the manifest, and the ZIP's list of entries. */
export async function archiveEnd(
  book: ArchiveBook,
  { bytes: begin }: ArchiveProgress,
  now: number,
): Promise<Uint8Array> {
  const entries = new Map<number, ZipEntry>();
  const tables = new Map<string, Manifest["tables"][number]>();
  const files = new Map<string, Manifest["files"][number]>();
  for (let cursor: string | null = null, isDone = false; !isDone;) {
    const found: Awaited<ReturnType<ArchiveBook["segments"]>> = await book.segments(cursor);
    for (const segment of found.page) {
      if (segment.entry) entries.set(segment.entry.offset, segment.entry);
      note(segment, tables, files);
    }
    ({ cursor, isDone } = found);
  }
  const manifest: Manifest = {
    format: ARCHIVE_FORMAT,
    version: ARCHIVE_VERSION,
    schema: await book.schema(),
    tenant: book.company,
    from: new Date(book.startedAt).toISOString(),
    to: new Date(now).toISOString(),
    tables: [...tables.values()],
    files: [...files.values()].filter(isWhole),
  };
  const chunks: Uint8Array[] = [];
  let at = begin;
  const texts = {
    "_tables/documents.jsonl": await tableLines(book, manifest),
    "_storage/documents.jsonl": manifest.files.map(fileLine).join(""),
    [MANIFEST_PATH]: JSON.stringify(manifest),
    "README.md": README,
  };
  for (const [path, text] of Object.entries(texts)) {
    const { chunk, entry } = entryOf(path, text, at);
    entries.set(at, entry);
    chunks.push(chunk);
    at += chunk.length;
  }
  return joined([...chunks, ...directory([...entries.values()], at)]);
}

function note(
  { start, bytes, entry, part, file }: WrittenSegment,
  tables: Map<string, Manifest["tables"][number]>,
  files: Map<string, Manifest["files"][number]>,
): void {
  if (!entry || !part) return;
  const { head, tail, rows, ...rest } = part;
  const named: ManifestPart = { ...rest, offset: start + head, packed: bytes - head - tail };
  if (file) {
    const known = files.get(file.id) ?? { ...file, parts: [] };
    files.set(file.id, { ...known, parts: [...known.parts, named] });
    return;
  }
  const name = entry.path.split("/")[0]!;
  const known = tables.get(name) ?? { name, rows: 0, parts: [] };
  known.rows += rows;
  known.parts.push({ ...named, rows });
  tables.set(name, known);
}

/** A file that was removed while it was written is not. */
function isWhole({ size, parts }: Manifest["files"][number]): boolean {
  return parts.reduce((sum, part) => sum + part.size, 0) === size;
}

/** A snapshot names each table's number, with which the ids of its rows begin. */
async function tableLines(book: ArchiveBook, { tables }: Manifest): Promise<string> {
  let lines = "";
  for (const { name } of tables) {
    const [line] = (await book.rows({ table: name, cursor: null })).lines;
    const number = line && tableNumberOf((JSON.parse(line) as { _id: string })._id);
    if (number) lines += `${JSON.stringify({ name, id: number })}\n`;
  }
  return lines;
}

/** A stored file as a snapshot of Convex's lists it. */
function fileLine({ id, size, sha256, contentType }: Manifest["files"][number]): string {
  return `${JSON.stringify({ _id: id, _creationTime: 0, contentType, sha256, size })}\n`;
}

function entryOf(
  path: string,
  text: string,
  offset: number,
): { chunk: Uint8Array; entry: ZipEntry } {
  const content = new TextEncoder().encode(text);
  const middle = content.length === 0 ? PACKED_END : joined([packed(content, true), PACKED_END]);
  const entry = { path, offset, crc: crc32(content), packed: middle.length, size: content.length };
  return { entry, chunk: joined([entryHead(path), middle, entryTail(entry)]) };
}
