import { type GenericValidator, jsonToConvex, type JSONValue } from "convex/values";
import { validate } from "convex-helpers/validators";
import { crc32 } from "../../lib/archive/checksums";
import { digestOf } from "../../lib/digest";
import {
  type Manifest,
  MANIFEST_PATH,
  manifestIn,
  type ManifestPart,
} from "../../lib/archive/manifest";
import { joined, PACKED_END, unpacked } from "../../lib/archive/packing";
import { directoryPlace, END_BYTES, entriesOf, entryHead } from "../../lib/archive/zip";
import schema from "../schema";
import type { ArchivedRow } from "../tenancy/archive/remap";
import { RESTORE_ORDER } from "../tenancy/archive/tables";
import { isTenantTable, type TenantTable } from "../tenancy/tables";

/** Bytes of an archive from the first place up to the second; null when it does not reach so far. */
export type ReadBytes = (from: number, to: number) => Promise<Uint8Array | null>;

/** Why an archive is not restored, in one sentence for the person who asked. */
export class ArchiveProblem extends Error {}

const FOREIGN = "This is not an archive that Sunup has written, or it is not whole.";
const DAMAGED = "The archive is damaged.";

/** Most bytes of a manifest, or of the list of entries, that are taken into memory. */
const MOST_LISTED = 24 * 1024 * 1024;

/** The archive's manifest. Throws ArchiveProblem for another format, a part of an archive, another schema. */
export async function readManifest(
  read: ReadBytes,
  size: number,
  schema: string,
): Promise<Manifest> {
  const end = size < END_BYTES ? null : await read(size - END_BYTES, size);
  const place = end && directoryPlace(end);
  if (!place || place.offset + place.size + END_BYTES !== size || place.size > MOST_LISTED) {
    throw new ArchiveProblem(FOREIGN);
  }
  const list = await read(place.offset, place.offset + place.size);
  const entry = list && listed(list, place.count).find(({ path }) => path === MANIFEST_PATH);
  if (!entry || Math.max(entry.size, entry.packed) > MOST_LISTED) throw new ArchiveProblem(FOREIGN);
  const from = entry.offset + entryHead(MANIFEST_PATH).length;
  const packed = await read(from, from + entry.packed - PACKED_END.length);
  const content = packed && opened(packed, entry.size);
  if (!content || crc32(content) !== entry.crc) throw new ArchiveProblem(DAMAGED);
  const manifest = manifestIn(new TextDecoder().decode(content));
  if (manifest === null) throw new ArchiveProblem(FOREIGN);
  if (manifest.schema !== schema) {
    throw new ArchiveProblem("The archive is of another version of Sunup, whose tables differ.");
  }
  return manifest;
}

/** A part of an archive, checked. Throws ArchiveProblem. */
export async function readPart(
  read: ReadBytes,
  { offset, packed, size, sha256: digest }: ManifestPart,
): Promise<Uint8Array> {
  const bytes = await read(offset, offset + packed);
  const content = bytes && opened(bytes, size);
  if (!content || (await digestOf(content)) !== digest) throw new ArchiveProblem(DAMAGED);
  return content;
}

/** The lines of a part of a table, checked. Throws ArchiveProblem. */
export async function readLines(
  read: ReadBytes,
  part: Manifest["tables"][number]["parts"][number],
): Promise<string[]> {
  const lines = new TextDecoder()
    .decode(await readPart(read, part))
    .split("\n")
    .slice(0, -1);
  if (lines.length !== part.rows) throw new ArchiveProblem(DAMAGED);
  return lines;
}

type Place = { table: number; part: number; line: number };

/**
 * Reads one piece of everything that a restoring will read: the part of a table at `place`, or,
 * behind the last table, file number `part`. Returns the next place, null at the end. Throws
 * ArchiveProblem when something is wrong.
 */
export async function checkNext(
  read: ReadBytes,
  { tables, files }: Manifest,
  { table: at, part: number }: Place,
): Promise<Place | null> {
  const table = tables[at];
  if (table === undefined) {
    const file = files[number];
    if (file !== undefined) await readFile(read, file);
    return number + 1 < files.length ? { table: at, part: number + 1, line: 0 } : null;
  }
  const { name, rows, parts } = table;
  const named = parts.reduce((sum, part) => sum + part.rows, 0);
  if (!isTenantTable(name) || named !== rows) throw new ArchiveProblem(DAMAGED);
  const part = parts[number];
  if (part !== undefined) {
    const lines = await readLines(read, part);
    if (!lines.every((line) => isRow(name, line))) throw new ArchiveProblem(DAMAGED);
  }
  const isLast = number + 1 >= parts.length;
  return isLast ? { table: at + 1, part: 0, line: 0 } : { table: at, part: number + 1, line: 0 };
}

/** A stored file, checked. Throws ArchiveProblem. */
export async function readFile(
  read: ReadBytes,
  { size, sha256: digest, parts }: Manifest["files"][number],
): Promise<Uint8Array> {
  if (parts.reduce((sum, part) => sum + part.size, 0) !== size) throw new ArchiveProblem(DAMAGED);
  const chunks: Uint8Array[] = [];
  for (const part of parts) chunks.push(await readPart(read, part));
  const content = joined(chunks);
  if ((await digestOf(content)) !== digest) throw new ArchiveProblem(DAMAGED);
  return content;
}

/** The archive's tables that are restored, in the order of their references. */
export function restoredTables({ tables }: Manifest): Manifest["tables"] {
  return RESTORE_ORDER.flatMap((name) => tables.filter((table) => table.name === name));
}

function listed(list: Uint8Array, count: number) {
  try {
    return entriesOf(list, count);
  } catch {
    throw new ArchiveProblem(DAMAGED);
  }
}

function opened(packed: Uint8Array, size: number): Uint8Array | null {
  try {
    return unpacked(packed, size);
  } catch {
    return null;
  }
}

/** Whether it is a row that the table's schema takes, but for the ids in it, which are of elsewhere. */
function isRow(table: TenantTable, line: string): boolean {
  try {
    const { _id, _creationTime, ...row } = jsonToConvex(
      JSON.parse(line) as JSONValue,
    ) as ArchivedRow;
    if (typeof _id !== "string" || typeof _creationTime !== "number") return false;
    return validate(schema.tables[table].validator as GenericValidator, row);
  } catch {
    return false;
  }
}
