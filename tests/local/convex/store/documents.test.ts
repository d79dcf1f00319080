import fc from "fast-check";
import { convexToJson, getDocumentSize, jsonToConvex } from "convex/values";
import { describe, expect, test } from "vitest";
import { canonicalDocument } from "../../../../local/convex/store/values.ts";
import { emptyStore, insert, reading, scanQuery, drain } from "./harness.ts";
import { value } from "./arbitraries.ts";
import type { JSONValue, Value } from "convex/values";

const nested = (levels: number): JSONValue => (levels === 0 ? 1 : [nested(levels - 1)]);

describe("a stored document", () => {
  test("is the value that was written, with its fields in order, and has the size Convex counts", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("b", "a", "c"), value), (fields) => {
        const whole = { ...fields, _creationTime: 1.5, _id: "j57f0gmyz5ft11399ttatfbh54x9btcq" };
        const json = convexToJson(whole as Value) as { [field: string]: JSONValue };
        const { document, size } = canonicalDocument(json, 0n);
        expect(document).toEqual(json);
        expect(Object.keys(document)).toEqual(Object.keys(whole).sort());
        expect(size).toBe(getDocumentSize(jsonToConvex(json) as Record<string, Value>));
      }),
    );
  });

  test.each([
    [{ _secret: 1 }, "starts with an underscore"],
    [{ $x: 1 }, "starts with '$'"],
    [{ inner: { $x: 1, y: 1 } }, "starts with '$'"],
    [{ "a\nb": 1 }, "non-control ASCII"],
    [{ naïve: 1 }, "non-control ASCII"],
    [{ ["x".repeat(1025)]: 1 }, "1025 > maximum 1024"],
    [{ a: Array(8193).fill(0) }, "8193 > maximum length 8192"],
    [
      { a: Object.fromEntries([...Array(1025).keys()].map((i) => [`f${i}`, 0])) },
      "maximum number 1024",
    ],
    [{ a: nested(16) }, "maximum nesting 16"],
    [{ a: "x".repeat(1 << 20) }, "maximum size 1 MiB"],
  ] as [{ [field: string]: JSONValue }, string][])(
    "is refused when it breaks a rule (%#)",
    async (fields, message) => {
      const store = emptyStore();
      await expect(insert(store, "t", fields)).rejects.toThrow(message);
      expect(reading(store, (tx) => drain(tx.query("", scanQuery("t"))))).toEqual([]);
    },
  );

  test("may be as large, as long and as nested as the limits say", async () => {
    const store = emptyStore();
    await insert(store, "t", { a: Array(8192).fill(0), b: nested(15), c: "x".repeat(900_000) });
    expect(reading(store, (tx) => tx.count("", "t"))).toBe(1);
  });

  test("holds the commit's timestamp where db.vars.commitTs was written", async () => {
    const store = emptyStore();
    const { result, ts } = await store.mutate((tx) =>
      tx.insert("", "t", { at: { $commitTs: null } }),
    );
    const document = reading(store, (tx) => tx.get("", result));
    expect(jsonToConvex(document!.at!)).toBe(ts);
  });

  test("keeps its id and creation time whatever is written", async () => {
    const store = emptyStore();
    const id = await insert(store, "t", { a: 1 });
    const before = reading(store, (tx) => tx.get("", id))!;
    await store.mutate((tx) => tx.replace("", id, { ...before, a: 2 }));
    expect(reading(store, (tx) => tx.get("", id))).toEqual({ ...before, a: 2 });
    await expect(store.mutate((tx) => tx.patch("", id, { _creationTime: 1 }))).rejects.toThrow(
      "doesn't match '_creationTime'",
    );
    await expect(store.mutate((tx) => tx.patch("", id, { _id: "x" }))).rejects.toThrow(
      "doesn't match '_id'",
    );
    await store.mutate((tx) => tx.patch("", id, { a: { $undefined: null }, b: 3 }));
    const { a: _, ...rest } = before;
    expect(reading(store, (tx) => tx.get("", id))).toEqual({ ...rest, b: 3 });
  });

  test("has a creation time above all before it, within one mutation too", async () => {
    const store = emptyStore({ now: () => 1_700_000_000_000 });
    for (let i = 0; i < 3; i++) {
      await store.mutate((tx) => {
        for (let j = 0; j < 100; j++) tx.insert("", "t", {});
      });
    }
    const times = reading(store, (tx) =>
      drain(tx.query("", scanQuery("t"))).map((document) => document._creationTime),
    );
    expect(times).toHaveLength(300);
    expect(times.every((time, i) => i === 0 || time > times[i - 1]!)).toBe(true);
  });
});
