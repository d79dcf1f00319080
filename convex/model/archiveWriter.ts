import { crc32 } from "../../lib/archive/checksums";
import { digestOf } from "../../lib/digest";
import { joined, packed, PACKED_END } from "../../lib/archive/packing";
import { entryHead, entryTail } from "../../lib/archive/zip";
import type { Doc, Id } from "../_generated/dataModel";
import type { ArchivePlace, ArchiveProgress } from "../tables/archives";
import { ARCHIVE_ORDER } from "../tenancy/archive/tables";
import { archiveEnd } from "./archiveEnd";

/** What the writing of an archive reads of the company, page by page. */
export type ArchiveBook = {
  schema: () => Promise<string>;
  startedAt: number;
  company: { id: string; name: string; slug: string };
  rows: (at: { table: string; cursor: string | null }) => Promise<Page<{ lines: string[] }>>;
  nextFile: (cursor: string | null) => Promise<NextFile | null>;
  /** Bytes of a file from the first place up to the second; null when it is gone. */
  bytesOf: (fileId: Id<"files">, from: number, to: number) => Promise<Uint8Array | null>;
  segments: (cursor: string | null) => Promise<Page<{ page: WrittenSegment[] }>>;
};

export type WrittenSegment = Pick<
  Doc<"archiveSegments">,
  "start" | "bytes" | "entry" | "part" | "file"
>;

type Page<Content> = Content & { cursor: string; isDone: boolean };
type StoredFile = NonNullable<WrittenSegment["file"]>;
type NextFile = { fileId: Id<"files">; file: StoredFile; cursor: string };
type Entry = NonNullable<ArchiveProgress["entry"]>;

/** A segment, before its bytes are stored, and how far the archive is with it. */
export type Segment = Omit<WrittenSegment, "start" | "bytes"> & {
  bytes: Uint8Array;
  progress: ArchiveProgress;
};

/** About so many bytes of rows make a part, and at most so many of a file: what is in memory at once. */
const TABLE_PART_BYTES = 2 * 1024 * 1024;
const FILE_PART_BYTES = 8 * 1024 * 1024;

/**
 * The next segment of an archive: of the rows of a table, then of the files, then the end. Reads
 * what it needs and changes nothing, so that two who write the same one at once do no harm.
 */
export async function nextSegment(
  book: ArchiveBook,
  progress: ArchiveProgress,
  now: number,
): Promise<Segment> {
  for (let { place } = progress; ;) {
    if (place.kind === "table") {
      const found = await nextRows(book, place);
      if (found.lines.length > 0 || progress.entry)
        return await ofTable(progress, place.table, found);
      place = found.next;
    } else if (place.kind === "file") {
      const next = await book.nextFile(place.cursor);
      if (next === null) {
        place = { kind: "end" };
        continue;
      }
      const segment = await ofFile(book, progress, place.from, next);
      if (segment !== null) return segment;
      place = { kind: "file", cursor: next.cursor, from: 0 };
    } else {
      const bytes = await archiveEnd(book, progress, now);
      return { bytes, progress: { ...progress, place, bytes: progress.bytes + bytes.length } };
    }
  }
}

type Rows = { lines: string[]; isDone: boolean; next: ArchivePlace };

/** Rows for one part, and where the next one begins. */
async function nextRows(
  book: ArchiveBook,
  { table, cursor }: Extract<ArchivePlace, { kind: "table" }>,
): Promise<Rows> {
  const lines: string[] = [];
  let size = 0;
  for (let at = cursor; ;) {
    const page = await book.rows({ table, cursor: at });
    for (const line of page.lines) {
      lines.push(line);
      size += line.length + 1;
    }
    at = page.cursor;
    if (page.isDone) return { lines, isDone: true, next: behind(table) };
    if (size >= TABLE_PART_BYTES) {
      return { lines, isDone: false, next: { kind: "table", table, cursor: at } };
    }
  }
}

function behind(table: string): ArchivePlace {
  const next = ARCHIVE_ORDER[ARCHIVE_ORDER.findIndex((each) => each === table) + 1];
  if (next === undefined) return { kind: "file", cursor: null, from: 0 };
  return { kind: "table", table: next, cursor: null };
}

async function ofTable(
  progress: ArchiveProgress,
  table: string,
  { lines, isDone, next }: Rows,
): Promise<Segment> {
  const content = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
  const path = `${table}/documents.jsonl`;
  const { rows } = progress;
  return await segmentOf(
    { ...progress, place: next, rows: rows + lines.length },
    { path, content, rows: lines.length, isText: true, isLast: isDone },
  );
}

/** The next part of a file; null when it is gone before anything of it was written. */
async function ofFile(
  { bytesOf }: ArchiveBook,
  progress: ArchiveProgress,
  from: number,
  { fileId, file, cursor }: NextFile,
): Promise<Segment | null> {
  const to = Math.min(file.size, from + FILE_PART_BYTES);
  const content = await bytesOf(fileId, from, to);
  if (content === null && from === 0) return null;
  // One that is removed meanwhile ends early, and the manifest does not name it.
  const isLast = content === null || to === file.size;
  const place: ArchivePlace = isLast
    ? { kind: "file", cursor, from: 0 }
    : {
        kind: "file",
        cursor: progress.place.kind === "file" ? progress.place.cursor : null,
        from: to,
      };
  const files = progress.files + (content !== null && isLast ? 1 : 0);
  const segment = await segmentOf(
    { ...progress, place, files },
    {
      path: `_storage/${file.id}`,
      content: content ?? new Uint8Array(0),
      rows: 0,
      isText: false,
      isLast,
    },
  );
  return { ...segment, file };
}

type Part = { path: string; content: Uint8Array; rows: number; isText: boolean; isLast: boolean };

async function segmentOf(
  { entry: open, ...progress }: ArchiveProgress,
  { path, content, rows, isText, isLast }: Part,
): Promise<Segment> {
  const before: Entry = open ?? { path, offset: progress.bytes, crc: 0, packed: 0, size: 0 };
  const middle = packed(content, isText);
  const entry = {
    ...before,
    crc: crc32(content, before.crc),
    packed: before.packed + middle.length + (isLast ? PACKED_END.length : 0),
    size: before.size + content.length,
  };
  const head = open === undefined ? entryHead(path) : new Uint8Array(0);
  const tail = isLast ? joined([PACKED_END, entryTail(entry)]) : new Uint8Array(0);
  const bytes = joined([head, middle, tail]);
  return {
    bytes,
    entry,
    part: {
      ...{ head: head.length, tail: tail.length, rows, size: content.length },
      sha256: await digestOf(content),
    },
    progress: { ...progress, ...(isLast ? {} : { entry }), bytes: progress.bytes + bytes.length },
  };
}
