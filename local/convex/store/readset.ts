/**
 * What was read and what was written, and whether they meet.
 *
 * Invariants
 * - A read is a range of keys of one index; one document is the range of its internal id in by_id.
 * - A range covers what was consumed, not what was asked for: it grows as a stream hands rows out,
 *   and spans the whole request only when the stream ran to its end.
 * - A write lists, per index of the table, the key that the document had and the key that it has,
 *   also when they are the same: whoever read the document there has an old copy.
 * - Index number 0 stands for tables that do not exist (keys: `tableKey`).
 */
import { afterKey, compareKeys } from "./keys.ts";
import { tableKey } from "./catalog.ts";
import type { KeyRange, ReadSet, WriteSet } from "./types.ts";

export const MISSING_TABLES = 0;

export class ReadRecorder implements ReadSet {
  private readonly recorded = new Map<number, KeyRange[]>();
  private merged: ReadonlyMap<number, readonly KeyRange[]> | null = null;

  /** Per index: in order, without overlaps. */
  get ranges(): ReadonlyMap<number, readonly KeyRange[]> {
    this.merged ??= new Map([...this.recorded].map(([index, ranges]) => [index, merge(ranges)]));
    return this.merged;
  }

  /** Records [lo, hi) and returns the way to change it later to what has been consumed since. */
  range(index: number, lo: Uint8Array, hi: Uint8Array): (lo: Uint8Array, hi: Uint8Array) => void {
    const range: KeyRange = { lo, hi };
    const ranges = this.recorded.get(index);
    if (ranges === undefined) this.recorded.set(index, [range]);
    else ranges.push(range);
    this.merged = null;
    return (newLo, newHi) => {
      range.lo = newLo;
      range.hi = newHi;
      this.merged = null;
    };
  }

  point(index: number, key: Uint8Array): void {
    this.range(index, key, afterKey(key));
  }

  missingTable(component: string, nameOrNumber: string | number): void {
    this.point(MISSING_TABLES, Buffer.from(tableKey(component, nameOrNumber)));
  }
}

/** Lists the writes of a transaction; a savepoint is a length to return to. */
export class WriteRecorder {
  private entries: { index: number; key: Uint8Array }[] = [];

  get length(): number {
    return this.entries.length;
  }

  add(index: number, key: Uint8Array): void {
    this.entries.push({ index, key });
  }

  rollBackTo(length: number): void {
    this.entries.length = length;
  }

  finish(): WriteSet {
    const keys = new Map<number, Uint8Array[]>();
    for (const { index, key } of this.entries) {
      const list = keys.get(index);
      if (list === undefined) keys.set(index, [key]);
      else list.push(key);
    }
    return { keys, everything: false };
  }
}

export const NO_WRITES: WriteSet = { keys: new Map(), everything: false };
export const SCHEMA_CHANGE: WriteSet = { keys: new Map(), everything: true };

/** Whether a result that read `reads` may differ after a commit that wrote `writes`. */
export function overlaps(reads: ReadSet, writes: WriteSet): boolean {
  if (writes.everything) return true;
  for (const [index, keys] of writes.keys) {
    if (keys.some((key) => readsKey(reads, index, key))) return true;
  }
  return false;
}

/** Whether `reads` covers that key of that index. */
export function readsKey(reads: ReadSet, index: number, key: Uint8Array): boolean {
  const ranges = reads.ranges.get(index);
  return ranges !== undefined && contains(ranges, key);
}

function contains(ranges: readonly KeyRange[], key: Uint8Array): boolean {
  // The last range that starts at or before the key is the only one that can hold it.
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareKeys((ranges[middle] as KeyRange).lo, key) <= 0) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low - 1];
  return range !== undefined && compareKeys(key, range.hi) < 0;
}

function merge(ranges: readonly KeyRange[]): KeyRange[] {
  const merged: KeyRange[] = [];
  for (const range of [...ranges].sort((a, b) => compareKeys(a.lo, b.lo))) {
    if (compareKeys(range.lo, range.hi) >= 0) continue;
    const last = merged.at(-1);
    if (last !== undefined && compareKeys(range.lo, last.hi) <= 0) {
      if (compareKeys(range.hi, last.hi) > 0) last.hi = range.hi;
    } else {
      merged.push({ ...range });
    }
  }
  return merged;
}
