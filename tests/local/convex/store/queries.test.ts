import fc from "fast-check";
import { defineSchema, defineTable } from "convex/server";
import { compareValues, convexToJson, v, type JSONValue, type Value } from "convex/values";
import { describe, expect, test } from "vitest";
import {
  deploy,
  drain,
  emptyStore,
  eq,
  indexQuery,
  insert,
  reading,
  scanQuery,
  storeWith,
} from "./harness.ts";
import type {
  DocJson,
  FieldsJson,
  RangeExpressionJson,
} from "../../../../local/convex/store/types.ts";

const schema = defineSchema({
  rows: defineTable({ a: v.optional(v.any()), b: v.optional(v.any()) })
    .index("by_a", ["a"])
    .index("by_a_b", ["a", "b"])
    .index("by_inner", ["b.inner"]),
});

// Few different values, so that ranges meet documents.
const fieldValue: fc.Arbitrary<Value | undefined> = fc.constantFrom(
  undefined,
  null,
  -1n,
  2n,
  -0.5,
  0,
  7,
  false,
  "",
  "m",
  "m\0",
  [],
  [1],
  {},
  { inner: 1 },
);
const fieldsOf = (a: Value | undefined, b: Value | undefined): FieldsJson =>
  Object.fromEntries(
    Object.entries({ a, b })
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, convexToJson(value as Value)]),
  );
const bound = (value: Value | undefined): JSONValue =>
  value === undefined ? { $undefined: null } : convexToJson(value);

type Model = { id: string; time: number; a: Value | undefined; b: Value | undefined };
type Step =
  | { kind: "insert"; a: Value | undefined; b: Value | undefined }
  | { kind: "patch" | "replace" | "remove"; at: number; a: Value | undefined };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("insert" as const), a: fieldValue, b: fieldValue }),
  fc.record({
    kind: fc.constantFrom("patch" as const, "replace" as const, "remove" as const),
    at: fc.nat(),
    a: fieldValue,
  }),
);

type Range = { eqA: boolean; value: Value | undefined } & {
  lower: ["Gt" | "Gte", Value | undefined] | null;
  upper: ["Lt" | "Lte", Value | undefined] | null;
};
const range: fc.Arbitrary<Range> = fc.record({
  eqA: fc.boolean(),
  value: fieldValue,
  lower: fc.option(fc.tuple(fc.constantFrom("Gt" as const, "Gte" as const), fieldValue)),
  upper: fc.option(fc.tuple(fc.constantFrom("Lt" as const, "Lte" as const), fieldValue)),
});

function expressions({ eqA, value, lower, upper }: Range): RangeExpressionJson[] {
  const field = eqA ? "b" : "a";
  return [
    ...(eqA ? [eq("a", bound(value))] : []),
    ...(lower ? [{ type: lower[0], fieldPath: field, value: bound(lower[1]) }] : []),
    ...(upper ? [{ type: upper[0], fieldPath: field, value: bound(upper[1]) }] : []),
  ];
}

function isInRange({ eqA, value, lower, upper }: Range, row: Model): boolean {
  if (eqA && compareValues(row.a, value) !== 0) return false;
  const field = eqA ? row.b : row.a;
  if (lower) {
    const order = compareValues(field, lower[1]);
    if (order < 0 || (order === 0 && lower[0] === "Gt")) return false;
  }
  if (upper) {
    const order = compareValues(field, upper[1]);
    if (order > 0 || (order === 0 && upper[0] === "Lt")) return false;
  }
  return true;
}

describe("an index range", () => {
  test("gives what a plain list of the documents gives, after any writes, in both orders", async () => {
    const store = await storeWith(schema);
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 30 }),
        fc.array(range, { minLength: 5, maxLength: 10 }),
        async (steps, ranges) => {
          const model: Model[] = [];
          await store.mutate((tx) => {
            for (const old of drain(tx.query("", scanQuery("rows")))) tx.remove("", old._id);
            for (const write of steps) apply(write);

            function apply(write: Step) {
              if (write.kind === "insert") {
                const id = tx.insert("", "rows", fieldsOf(write.a, write.b));
                const time = tx.get("", id)!._creationTime;
                model.push({ id, time, a: write.a, b: write.b });
                return;
              }
              const at = write.at % Math.max(1, model.length);
              const row = model[at];
              if (row === undefined) return;
              if (write.kind === "remove") {
                tx.remove("", row.id);
                model.splice(at, 1);
              } else if (write.kind === "patch") {
                tx.patch("", row.id, { a: bound(write.a) });
                row.a = write.a;
              } else {
                tx.replace("", row.id, fieldsOf(write.a, undefined));
                row.a = write.a;
                row.b = undefined;
              }
            }
          });
          const sorted = [...model].sort(
            (x, y) => compareValues(x.a, y.a) || compareValues(x.b, y.b) || x.time - y.time,
          );
          reading(store, (tx) => {
            for (const wanted of ranges) {
              const expected = sorted.filter((row) => isInRange(wanted, row)).map(({ id }) => id);
              const ids = (order: "asc" | "desc") =>
                drain(tx.query("", indexQuery("rows.by_a_b", expressions(wanted), order))).map(
                  ({ _id }) => _id,
                );
              expect(ids("asc")).toEqual(expected);
              expect(ids("desc")).toEqual([...expected].reverse());
            }
            expect(drain(tx.query("", scanQuery("rows"))).map(({ _id }) => _id)).toEqual(
              model.map(({ id }) => id),
            );
            expect(tx.count("", "rows")).toBe(model.length);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test("goes on in batches past the first", async () => {
    const store = await storeWith(schema);
    await store.mutate((tx) => {
      for (let a = 0; a < 350; a++) tx.insert("", "rows", { a });
    });
    for (const order of ["asc", "desc"] as const) {
      const found = reading(store, (tx) =>
        drain(tx.query("", indexQuery("rows.by_a", [], order))).map(({ a }) => a),
      );
      const expected = [...Array(350).keys()];
      expect(found).toEqual(order === "asc" ? expected : expected.reverse());
    }
  });

  test("may end with _creationTime and _id, and reach into objects", async () => {
    const store = await storeWith(schema);
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push(await insert(store, "rows", { a: "x", b: { inner: i } }));
    reading(store, (tx) => {
      const third = tx.get("", ids[2]!)!;
      const found = (range: RangeExpressionJson[], index = "rows.by_a") =>
        drain(tx.query("", indexQuery(index, range))).map((document: DocJson) =>
          ids.indexOf(document._id),
        );
      const time = third._creationTime;
      expect(
        found([eq("a", "x"), { type: "Gt", fieldPath: "_creationTime", value: time }]),
      ).toEqual([3, 4, 5]);
      expect(found([eq("_creationTime", time), eq("a", "x"), eq("_id", ids[2]!)])).toEqual([2]);
      expect(found([eq("_creationTime", time), eq("a", "x"), eq("_id", ids[3]!)])).toEqual([]);
      expect(found([{ type: "Gte", fieldPath: "b.inner", value: 4 }], "rows.by_inner")).toEqual([
        4, 5,
      ]);
      const byId = [...ids].sort();
      expect(found([], "rows.by_id").map((i) => ids[i])).toEqual(byId);
      expect(
        found(
          [
            { type: "Gt", fieldPath: "_id", value: byId[0]! },
            { type: "Lte", fieldPath: "_id", value: byId[3]! },
          ],
          "rows.by_id",
        ).map((i) => ids[i]),
      ).toEqual(byId.slice(1, 4));
      expect(found([{ type: "Lt", fieldPath: "_id", value: 5 }], "rows.by_id")).toEqual([]);
    });
  });

  test.each<[string, RangeExpressionJson[], string]>([
    ["an unknown field", [eq("c", 1)], "doesn't index this field"],
    ["a field out of order", [eq("b", 1)], "didn't use the index fields in order"],
    ["two equalities on one field", [eq("a", 1), eq("a", 2)], "Already defined equality bound"],
    [
      "two lower bounds",
      [
        { type: "Gt", fieldPath: "a", value: 1 },
        { type: "Gte", fieldPath: "a", value: 1 },
      ],
      "Already defined lower bound",
    ],
    [
      "bounds on two fields",
      [
        { type: "Gt", fieldPath: "a", value: 1 },
        { type: "Lt", fieldPath: "b", value: 1 },
      ],
      "can only be applied to a single index field",
    ],
    [
      "an equality and a bound on one field",
      [eq("a", 1), { type: "Lt", fieldPath: "a", value: 1 }],
      "Already defined inequality bound",
    ],
  ])("refuses %s", async (_, range, message) => {
    const store = await storeWith(schema);
    reading(store, (tx) => {
      expect(() => tx.query("", indexQuery("rows.by_a_b", range))).toThrow(message);
    });
  });

  test("over an index that does not exist is refused, over a missing table is empty", async () => {
    const store = await storeWith(schema);
    reading(store, (tx) => {
      expect(() => tx.query("", indexQuery("rows.by_c", []))).toThrow("Index rows.by_c not found.");
      expect(drain(tx.query("", indexQuery("nothing.by_c", [])))).toEqual([]);
    });
  });
});

describe("a query", () => {
  test("applies filters and limits in the order they were said", async () => {
    const store = emptyStore();
    for (let a = 0; a < 10; a++) await insert(store, "rows", { a });
    const isEven: JSONValue = {
      $eq: [{ $mod: [{ $field: "a" }, { $literal: 2 }] }, { $literal: 0 }],
    };
    reading(store, (tx) => {
      const found = (operators: Parameters<typeof scanQuery>[1]) =>
        drain(tx.query("", scanQuery("rows", operators))).map(({ a }) => a);
      expect(found([{ limit: 4 }, { filter: isEven }])).toEqual([0, 2]);
      expect(found([{ filter: isEven }, { limit: 4 }])).toEqual([0, 2, 4, 6]);
      expect(found([{ limit: 0 }])).toEqual([]);
    });
  });

  test("sees the writes of its own mutation", async () => {
    const store = await storeWith(schema);
    const kept = await insert(store, "rows", { a: 1 });
    const { result } = await store.mutate((tx) => {
      const removed = tx.insert("", "rows", { a: 2 });
      tx.insert("", "rows", { a: 3 });
      tx.remove("", removed);
      tx.patch("", kept, { a: 4 });
      return drain(tx.query("", indexQuery("rows.by_a", []))).map(({ a }) => a);
    });
    expect(result).toEqual([3, 4]);
  });

  test("keeps to its component", async () => {
    const store = emptyStore();
    await store.mutate((tx) => tx.insert("", "rows", { a: "app" }));
    const { result: inside } = await store.mutate((tx) =>
      tx.insert("child", "rows", { a: "child" }),
    );
    await deploy(store, schema);
    reading(store, (tx) => {
      expect(drain(tx.query("", scanQuery("rows"))).map(({ a }) => a)).toEqual(["app"]);
      expect(drain(tx.query("child", scanQuery("rows"))).map(({ a }) => a)).toEqual(["child"]);
      expect(tx.get("", inside)).toBeNull();
      expect(tx.get("child", inside)).toMatchObject({ a: "child" });
    });
  });
});

describe("an id", () => {
  test("belongs to its table, whether or not its document exists", async () => {
    const store = await storeWith(schema);
    const id = await insert(store, "rows", {});
    await store.mutate((tx) => tx.remove("", id));
    await insert(store, "others", {});
    reading(store, (tx) => {
      expect(tx.get("", id)).toBeNull();
      expect(tx.tableOf("", id)).toBe("rows");
      expect(tx.tableOf("", "x")).toBeNull();
      expect(tx.normalizeId("", "rows", id)).toBe(id);
      expect(tx.normalizeId("", "others", id)).toBeNull();
      expect(tx.normalizeId("", "rows", "x")).toBeNull();
      expect(() => tx.get("", "x")).toThrow("Unable to decode ID");
    });
  });

  test("of another table or of nothing is refused by writes, which then change nothing", async () => {
    const store = await storeWith(schema);
    const id = await insert(store, "rows", { a: 1 });
    const gone = await insert(store, "rows", {});
    await store.mutate((tx) => tx.remove("", gone));
    await insert(store, "others", {});
    const write = (run: Parameters<typeof store.mutate>[0]) => store.mutate(run);
    await expect(write((tx) => tx.patch("", id, { a: 2 }, "others"))).rejects.toThrow(
      'expected to be an Id<"others">, got Id<"rows"> instead.',
    );
    await expect(write((tx) => tx.patch("", gone, {}))).rejects.toThrow("Update on nonexistent");
    await expect(write((tx) => tx.replace("", gone, {}))).rejects.toThrow("Replace on nonexistent");
    await expect(write((tx) => tx.remove("", gone))).rejects.toThrow("Delete on nonexistent");
    await expect(write((tx) => tx.remove("elsewhere", id))).rejects.toThrow("not found");
    expect(reading(store, (tx) => tx.get("", id))).toMatchObject({ a: 1 });
  });
});
