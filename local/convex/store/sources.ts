/**
 * Where the rows of a query come from: an index range, or the results of a text search.
 *
 * Invariants
 * - Rows are fetched in batches, and charged and recorded as read only when they are handed out.
 * - `position` is the key of the last row handed out, or "end" once `next` has returned null; a page
 *   that starts after a position continues exactly there.
 * - A batch that was fetched is not changed by later writes of the same transaction; the next one
 *   sees them. (So does Convex.)
 */
import { StoreError } from "./errors.ts";
import { afterKey, compareKeys, keyOf } from "./keys.ts";
import { MAX_SEARCH_RESULTS, searchIndex } from "./search.ts";
import type { Catalog, IndexInfo, TableInfo } from "./catalog.ts";
import type { Connection, ScannedRow, SearchRow } from "./connection.ts";
import type { Meter } from "./limits.ts";
import type { ReadRecorder } from "./readset.ts";
import type { DocJson, KeyRange, SearchFilterJson } from "./types.ts";

/** What a transaction reads with. */
export interface ReadContext {
  readonly connection: Connection;
  readonly catalog: Catalog;
  readonly reads: ReadRecorder;
  readonly meter: Meter;
}

export type Position = Uint8Array | "end";
/** What a page may look at before it must stop. */
export type Caps = { rows: number; bytes: number };
export type Window = { after: Position | null; upTo: Position | null };
export const WHOLE: Window = { after: null, upTo: null };

export interface RowSource {
  next(): DocJson | null;
  readonly position: Position | null;
  /** Keys of all rows handed out, in order. */
  readonly passed: readonly Uint8Array[];
  readonly bytesRead: number;
}

const BATCH = 100;

export class IndexScan implements RowSource {
  position: Position | null = null;
  readonly passed: Uint8Array[] = [];
  bytesRead = 0;
  private readonly consumed: (lo: Uint8Array, hi: Uint8Array) => void;
  private readonly window: KeyRange;
  private rest: KeyRange;
  private buffer: ScannedRow[] = [];
  private buffered = 0;
  private drained = false;
  private readonly context: ReadContext;
  private readonly table: TableInfo;
  private readonly index: IndexInfo;
  private readonly order: "asc" | "desc";
  private readonly options: { expected: number | null; caps: Caps | null };

  /** `expected`: how many rows will be asked for at most, if known. */
  constructor(
    context: ReadContext,
    table: TableInfo,
    index: IndexInfo,
    range: KeyRange,
    order: "asc" | "desc",
    cursors: Window,
    options: { expected: number | null; caps: Caps | null },
  ) {
    this.context = context;
    this.table = table;
    this.index = index;
    this.order = order;
    this.options = options;
    this.window = narrow(range, order, cursors);
    this.rest = this.window;
    this.drained = compareKeys(this.window.lo, this.window.hi) >= 0;
    context.meter.range(table.name, index.id, this.window.lo, this.window.hi);
    const start = order === "asc" ? this.window.lo : this.window.hi;
    this.consumed = context.reads.range(index.id, start, start);
  }

  next(): DocJson | null {
    const row = this.take();
    if (row === null) {
      this.position = "end";
      this.consumed(this.window.lo, this.window.hi);
      return null;
    }
    if (this.order === "asc") this.consumed(this.window.lo, afterKey(row.key));
    else this.consumed(row.key, this.window.hi);
    // May throw; the position must not pass a row that was not handed out.
    this.context.meter.read(this.table.name, row.size);
    this.position = row.key;
    this.passed.push(row.key);
    this.bytesRead += row.size;
    return JSON.parse(row.json) as DocJson;
  }

  private take(): ScannedRow | null {
    if (this.buffered === this.buffer.length) {
      if (this.drained) return null;
      this.checkCaps();
      this.fetch();
      if (this.buffer.length === 0) return null;
    }
    this.checkCaps();
    return this.buffer[this.buffered++] as ScannedRow;
  }

  private checkCaps(): void {
    const { caps } = this.options;
    if (caps === null) return;
    if (this.passed.length >= caps.rows) {
      throw new StoreError(
        "LimitExceeded",
        `Query scanned too many documents (fetched ${this.passed.length}).`,
      );
    }
    if (this.bytesRead >= caps.bytes) {
      throw new StoreError(
        "LimitExceeded",
        `Query scanned too much data (fetched ${this.bytesRead} bytes).`,
      );
    }
  }

  private fetch(): void {
    const { expected, caps } = this.options;
    const wanted = Math.min(
      BATCH,
      (expected ?? Infinity) - this.passed.length,
      (caps?.rows ?? Infinity) - this.passed.length,
    );
    const limit = Math.max(1, wanted);
    const { connection } = this.context;
    this.buffer = connection.scan(this.table, this.index, this.rest, this.order, limit);
    this.buffered = 0;
    this.drained = this.buffer.length < limit;
    const last = this.buffer.at(-1)?.key;
    if (last === undefined) return;
    this.rest =
      this.order === "asc"
        ? { lo: afterKey(last), hi: this.rest.hi }
        : { lo: this.rest.lo, hi: last };
  }
}

/** Results of a text search; its keys order as the results do. */
export class SearchResults implements RowSource {
  position: Position | null = null;
  readonly passed: Uint8Array[] = [];
  bytesRead = 0;
  private readonly context: ReadContext;
  private readonly table: TableInfo;
  private readonly rows: { row: SearchRow; document: DocJson; key: Uint8Array }[];
  private readonly full: boolean;
  private given = 0;

  constructor(
    context: ReadContext,
    table: TableInfo,
    index: IndexInfo,
    filters: readonly SearchFilterJson[],
    { after, upTo }: Window,
  ) {
    this.context = context;
    this.table = table;
    const { rows, range } = searchIndex(context.connection, table, index, filters);
    context.meter.range(table.name, index.id, range.lo, range.hi);
    context.reads.range(index.id, range.lo, range.hi);
    this.full = rows.length === MAX_SEARCH_RESULTS;
    this.rows = rows
      .map((row) => {
        const document = JSON.parse(row.json) as DocJson;
        return { row, document, key: keyOf([row.score, -document._creationTime], row.key) };
      })
      .filter(
        ({ key }) =>
          after !== "end" &&
          (after === null || compareKeys(key, after) > 0) &&
          (upTo === null || upTo === "end" || compareKeys(key, upTo) <= 0),
      )
      // Imported documents may be older than what was written before them.
      .sort((a, b) => compareKeys(a.key, b.key));
  }

  next(): DocJson | null {
    const found = this.rows[this.given];
    if (found === undefined) {
      if (this.full && this.given > 0) {
        throw new StoreError(
          "InvalidQuery",
          `Search query scanned too many documents (fetched ${MAX_SEARCH_RESULTS}). Consider using a smaller limit, paginating the query, or using a filter field to limit the number of documents pulled from the search index.`,
        );
      }
      this.position = "end";
      return null;
    }
    this.context.reads.point(this.table.byId.id, found.row.key);
    this.context.meter.read(this.table.name, found.row.size);
    this.given++;
    this.position = found.key;
    this.passed.push(found.key);
    this.bytesRead += found.row.size;
    return found.document;
  }
}

/** A table that does not exist has no rows, until it does. */
export class NoRows implements RowSource {
  position: Position | null = null;
  readonly passed: Uint8Array[] = [];
  readonly bytesRead = 0;

  next(): null {
    this.position = "end";
    return null;
  }
}

/** The part of a range after one cursor and up to another; never more than the range. */
function narrow(range: KeyRange, order: "asc" | "desc", { after, upTo }: Window): KeyRange {
  let { lo, hi } = range;
  if (after === "end") return { lo: hi, hi };
  if (order === "asc") {
    if (after !== null) lo = later(lo, afterKey(after));
    if (upTo !== null && upTo !== "end") hi = earlier(hi, afterKey(upTo));
  } else {
    if (after !== null) hi = earlier(hi, after);
    if (upTo !== null && upTo !== "end") lo = later(lo, upTo);
  }
  return { lo, hi };
}

function later(a: Uint8Array, b: Uint8Array): Uint8Array {
  return compareKeys(a, b) >= 0 ? a : b;
}

function earlier(a: Uint8Array, b: Uint8Array): Uint8Array {
  return compareKeys(a, b) <= 0 ? a : b;
}
