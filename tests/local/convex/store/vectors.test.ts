import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Store } from "../../../../local/convex/store/types.ts";
import { deploy, emptyStore, insert, storeWith } from "./harness.ts";

const schema = defineSchema({
  points: defineTable({ name: v.string(), at: v.any() }).vectorIndex("by_at", {
    vectorField: "at",
    dimensions: 3,
    filterFields: ["name"],
  }),
});

async function search(store: Store, vector: number[], limit = 10): Promise<string[]> {
  const tx = store.snapshot();
  try {
    const found = await tx.vectorSearch("", {
      ...{ indexName: "points.by_at", vector, limit },
      expressions: null,
    });
    return found.map(({ _id }) => String(tx.get("", _id)?.name));
  } finally {
    tx.close();
  }
}

describe("vector search", () => {
  test("finds the nearest first, as counted by hand", async () => {
    const store = await storeWith(schema);
    const vector = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 });
    const points = fc.sample(vector, { numRuns: 2500, seed: 7 });
    await store.mutate((tx) => {
      points.forEach((at, i) => tx.insert("", "points", { name: `${i}`, at }));
    });
    const cosine = (a: number[], b: number[]) => {
      const dot = a.reduce((sum, x, i) => sum + x * b[i]!, 0);
      const size = Math.hypot(...a) * Math.hypot(...b);
      return size === 0 ? 0 : dot / size;
    };
    for (const target of [
      [1, 2, 3],
      [-5, 0, 1],
    ]) {
      const found = (await search(store, target, 20)).map((name) =>
        cosine(points[Number(name)]!, target),
      );
      const best = points.map((point) => cosine(point, target)).sort((a, b) => b - a);
      found.forEach((score, i) => expect(score).toBeCloseTo(best[i]!, 5));
    }
  });

  test("knows only lists of as many numbers as the index has dimensions", async () => {
    const store = await storeWith(schema);
    for (const at of [[1, 0], [1, 0, "x"], [1, 0, 0, 0], "no", null, [1, 0, 0]]) {
      await insert(store, "points", { name: JSON.stringify(at), at });
    }
    await insert(store, "points", { name: "int64", at: [{ $integer: "AQAAAAAAAAA=" }, 0, 0] });
    expect(await search(store, [1, 1, 1])).toEqual(["[1,0,0]"]);
  });

  test("refuses what makes no sense, in Convex's words", async () => {
    const store = await storeWith(schema);
    await expect(search(store, [1, 0])).rejects.toThrow(
      "Expected a vector with dimensions 3, received 2.",
    );
    for (const limit of [0, 257]) {
      await expect(search(store, [1, 0, 0], limit)).rejects.toThrow("at most 256 results");
    }
  });

  test("follows changes, removals and what was rolled back", async () => {
    const store = await storeWith(schema);
    const a = await insert(store, "points", { name: "a", at: [1, 0, 0] });
    const b = await insert(store, "points", { name: "b", at: [0, 1, 0] });
    expect(await search(store, [1, 0, 0])).toEqual(["a", "b"]);
    await store.mutate((tx) => tx.patch("", a, { at: [-1, 0, 0] }));
    expect(await search(store, [1, 0, 0])).toEqual(["b", "a"]);
    await store.mutate(async (tx) => {
      await tx
        .savepoint(async () => {
          tx.remove("", b);
          throw new Error("never mind");
        })
        .catch(() => undefined);
    });
    expect(await search(store, [1, 0, 0])).toEqual(["b", "a"]);
    await store.mutate((tx) => tx.remove("", b));
    expect(await search(store, [1, 0, 0])).toEqual(["a"]);
  });

  test("works for documents that were there before the index, until the index is dropped", async () => {
    const store = emptyStore();
    const without = defineSchema({ points: defineTable(v.any()) });
    await deploy(store, without);
    await insert(store, "points", { name: "old", at: [1, 0, 0] });
    await deploy(store, schema);
    expect(await search(store, [1, 0, 0])).toEqual(["old"]);
    await deploy(store, without);
    await expect(search(store, [1, 0, 0])).rejects.toThrow("Index points.by_at not found.");
  });
});
