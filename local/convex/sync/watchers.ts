/**
 * Finds the subscriptions that a commit may have made stale without looking at all of them.
 *
 * All keys between `lo` and `hi` begin with what `lo` and `hi` begin with in common. So each range is
 * filed under that prefix, and a written key can only lie in ranges that are filed under one of its
 * own beginnings: one look-up for each length of prefix in use.
 */
import { readsKey } from "../store/readset.ts";
import type { KeyRange, ReadSet, WriteSet } from "../store/types.ts";

type Watcher = { readonly reads: ReadSet };
type Prefixes<W> = {
  watchers: Map<string, Set<W>>;
  /** How many prefixes there are of each length. */
  lengths: Map<number, number>;
};

export class Watchers<W extends Watcher> {
  readonly #all = new Set<W>();
  readonly #byIndex = new Map<number, Prefixes<W>>();

  get all(): ReadonlySet<W> {
    return this.#all;
  }

  add(watcher: W): void {
    this.#all.add(watcher);
    for (const [index, ranges] of watcher.reads.ranges) {
      let prefixes = this.#byIndex.get(index);
      if (prefixes === undefined) {
        prefixes = { watchers: new Map(), lengths: new Map() };
        this.#byIndex.set(index, prefixes);
      }
      for (const range of ranges) file(prefixes, commonPrefix(range), watcher);
    }
  }

  delete(watcher: W): void {
    if (!this.#all.delete(watcher)) return;
    for (const [index, ranges] of watcher.reads.ranges) {
      const prefixes = this.#byIndex.get(index);
      if (prefixes === undefined) continue;
      for (const range of ranges) unfile(prefixes, commonPrefix(range), watcher);
      if (prefixes.watchers.size === 0) this.#byIndex.delete(index);
    }
  }

  clear(): void {
    this.#all.clear();
    this.#byIndex.clear();
  }

  /** Those whose reads meet the writes. */
  touchedBy({ everything, keys }: WriteSet): Set<W> {
    if (everything) return new Set(this.#all);
    const touched = new Set<W>();
    for (const [index, written] of keys) {
      const prefixes = this.#byIndex.get(index);
      if (prefixes === undefined) continue;
      for (const key of written) {
        const text = latin1(key);
        for (const length of prefixes.lengths.keys()) {
          for (const watcher of prefixes.watchers.get(text.slice(0, length)) ?? []) {
            if (readsKey(watcher.reads, index, key)) touched.add(watcher);
          }
        }
      }
    }
    return touched;
  }
}

function file<W>({ watchers, lengths }: Prefixes<W>, prefix: string, watcher: W): void {
  const filed = watchers.get(prefix);
  if (filed !== undefined) return void filed.add(watcher);
  watchers.set(prefix, new Set([watcher]));
  lengths.set(prefix.length, (lengths.get(prefix.length) ?? 0) + 1);
}

function unfile<W>({ watchers, lengths }: Prefixes<W>, prefix: string, watcher: W): void {
  const filed = watchers.get(prefix);
  if (filed === undefined) return; // an earlier range of the same watcher emptied it
  filed.delete(watcher);
  if (filed.size > 0) return;
  watchers.delete(prefix);
  const others = (lengths.get(prefix.length) ?? 0) - 1;
  if (others > 0) lengths.set(prefix.length, others);
  else lengths.delete(prefix.length);
}

function commonPrefix({ lo, hi }: KeyRange): string {
  let length = 0;
  while (length < lo.length && length < hi.length && lo[length] === hi[length]) length++;
  return latin1(lo.subarray(0, length));
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}
