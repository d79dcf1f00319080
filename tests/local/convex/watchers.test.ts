import fc from "fast-check";
import { expect, test } from "vitest";
import { overlaps } from "../../../local/convex/store/readset.ts";
import type { KeyRange, ReadSet, WriteSet } from "../../../local/convex/store/types.ts";
import { Watchers } from "../../../local/convex/sync/watchers.ts";

// Few bytes and short keys, so that ranges meet, touch and nest.
const key = fc
  .array(fc.constantFrom(0, 1, 2, 255), { maxLength: 4 })
  .map((b) => Uint8Array.from(b));
const range = fc.tuple(key, key).map(([a, b]): KeyRange => {
  return Buffer.compare(a, b) <= 0 ? { lo: a, hi: b } : { lo: b, hi: a };
});
const perIndex = <T>(items: fc.Arbitrary<T[]>) =>
  fc
    .array(fc.tuple(fc.integer({ min: 0, max: 2 }), items), { maxLength: 3 })
    .map((entries) => new Map(entries));
const reads = perIndex(fc.array(range, { minLength: 1, maxLength: 3 })).map((ranges) => ({
  reads: { ranges: merged(ranges) } satisfies ReadSet,
}));
const writes = perIndex(fc.array(key, { maxLength: 3 })).map((keys): WriteSet => ({
  keys,
  everything: false,
}));

/** In order and without overlaps, as a read set has them. */
function merged(ranges: Map<number, KeyRange[]>): Map<number, KeyRange[]> {
  return new Map(
    [...ranges].map(([index, list]) => {
      const sorted = list.toSorted((a, b) => Buffer.compare(a.lo, b.lo));
      return [
        index,
        sorted.filter((r, i) => i === 0 || Buffer.compare(sorted[i - 1]!.hi, r.lo) < 0),
      ];
    }),
  );
}

test("a write finds exactly those whose reads it meets, whoever came and went", () => {
  fc.assert(
    fc.property(
      fc.array(reads, { maxLength: 12 }),
      fc.array(fc.nat(11)),
      writes,
      (all, gone, write) => {
        const watchers = new Watchers<(typeof all)[number]>();
        for (const watcher of all) watchers.add(watcher);
        for (const at of gone) if (all[at] !== undefined) watchers.delete(all[at]);
        const expected = all.filter((w, i) => !gone.includes(i) && overlaps(w.reads, write));
        expect(watchers.touchedBy(write)).toEqual(new Set(expected));
      },
    ),
    { numRuns: 2000 },
  );
});

test("a change of everything finds all, and those that went leave nothing behind", () => {
  const watcher = {
    reads: { ranges: new Map([[1, [{ lo: Uint8Array.of(1), hi: Uint8Array.of(2) }]]]) },
  };
  const watchers = new Watchers<typeof watcher>();
  watchers.add(watcher);
  expect(watchers.touchedBy({ keys: new Map(), everything: true })).toEqual(new Set([watcher]));
  watchers.delete(watcher);
  expect(watchers.all.size).toBe(0);
  expect(
    watchers.touchedBy({ keys: new Map([[1, [Uint8Array.of(1)]]]), everything: false }).size,
  ).toBe(0);
});
