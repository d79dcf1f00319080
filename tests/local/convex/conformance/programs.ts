/** Random programs for app/program.ts: mostly about few documents and few values, so that they meet. */
import fc from "fast-check";
import type { Value } from "convex/values";
import { primitive, value } from "../store/arbitraries.ts";
import type { Expression, Read, Step } from "./app/program.ts";

export type Transaction = { steps: Step[]; fail: boolean; kind: "mutation" | "query" };

const indexes: Record<string, Record<string, string[]>> = {
  things: {
    by_creation_time: ["_creationTime"],
    by_a: ["a", "_creationTime"],
    by_a_b: ["a", "b", "_creationTime"],
    by_nested: ["a.a", "b", "_creationTime"],
  },
  shaped: { by_name: ["name", "_creationTime"] },
  choices: { by_value: ["value", "_creationTime"] },
};

const table = fc.constantFrom(...Object.keys(indexes));
const doc = fc.nat({ max: 12 });
/** Values that many documents share, so that ranges and equalities find something. */
const common: fc.Arbitrary<Value> = fc.constantFrom<Value[]>(
  ...[null, 0, -0, 1, 2, 0n, 1n, true, false, "", "a", "b", [], [1], {}, { a: 1 }, { a: "b" }, NaN],
);
const anyValue = fc.oneof({ weight: 3, arbitrary: common }, { weight: 1, arbitrary: value });

const thing = fc.record(
  { a: anyValue, b: anyValue, c: anyValue, "x y": primitive },
  { requiredKeys: [] },
);
const shaped = fc.record(
  {
    name: fc.oneof(fc.constantFrom("a", "b", ""), common),
    count: fc.oneof(fc.double(), common),
    big: fc.oneof(fc.constantFrom(1n, -5n), common),
    kind: fc.oneof(fc.constantFrom<Value[]>("x", "y", { of: [true, false] }, { of: [1] }), common),
    scores: fc.oneof(
      fc.dictionary(fc.constantFrom("p", "q", "é"), common, { noNullPrototype: true }),
      // convex-test alone takes null for a record.
      common.filter((each) => each !== null),
    ),
    inner: fc.oneof(fc.constantFrom<Value[]>({ required: new ArrayBuffer(2) }, {}), common),
    friend: common,
    unknown: fc.constant(1),
  },
  { requiredKeys: [] },
);
const fitting = fc.record(
  {
    name: fc.constantFrom("a", "b", "c"),
    kind: fc.constantFrom<Value[]>("x", "y", { of: [true] }),
    count: fc.double(),
    scores: fc.constantFrom<Value[]>({ p: 1, q: null }, {}),
    inner: fc.constantFrom<Value[]>({ required: new ArrayBuffer(1) }),
  },
  { requiredKeys: ["name", "kind"] },
);
const choice = fc.oneof(
  fc.record({ type: fc.constant("one"), value: fc.oneof(fc.double(), common) }),
  fc.record({ type: fc.constant("two"), value: fc.oneof(fc.string(), common) }),
  fc.record({ type: common }),
);
const fieldsOf = { things: thing, shaped: fc.oneof(fitting, shaped), choices: choice };

const insert = fc.oneof(
  ...(["things", "things", "shaped", "choices"] as const).map((name) =>
    fc.record({
      do: fc.constant("insert" as const),
      table: fc.constant(name),
      fields: fieldsOf[name] as fc.Arbitrary<Record<string, Value>>,
    }),
  ),
);
const anyFields = fc.oneof(thing, shaped, choice) as fc.Arbitrary<Record<string, Value>>;
const change = fc.record({
  do: fc.constantFrom("patch" as const, "patch" as const, "replace" as const),
  doc,
  fields: anyFields,
  unset: fc.array(fc.constantFrom("a", "b", "count", "name", "nothing"), { maxLength: 2 }),
});
const byId = fc.record({ do: fc.constantFrom("get" as const, "delete" as const), doc });
const normalize = fc.record({ do: fc.constant("normalize" as const), table, doc });

const expression: fc.Arbitrary<Expression> = fc.letrec<{ boolean: Expression }>((tie) => ({
  boolean: fc.oneof(
    { maxDepth: 2, depthIdentifier: "expression" },
    fc.record({
      // convex-test compares the others as JavaScript does; store/filters.test.ts has them.
      op: fc.constantFrom("eq", "neq"),
      of: fc.tuple(
        fc.record({ field: fc.constantFrom("a", "b", "a.a", "name", "value", "missing") }),
        fc.oneof(
          fc.record({ literal: anyValue }),
          fc.record({ field: fc.constantFrom("a", "b", "c") }),
        ),
      ),
    }) as fc.Arbitrary<Expression>,
    fc.record({ not: tie("boolean") }),
    fc.record({
      op: fc.constantFrom("and", "or"),
      of: fc.tuple(tie("boolean"), tie("boolean")),
    }) as fc.Arbitrary<Expression>,
  ),
})).boolean;

/** A range that follows its index: equalities on the first fields, then bounds on the next. */
const read: fc.Arbitrary<Read> = table.chain((name) =>
  fc.constantFrom(null, ...Object.entries(indexes[name]!)).chain((index) => {
    const fields = (index?.[1] ?? []).filter((field) => !field.startsWith("_"));
    const bound = (how: "eq" | "gt" | "gte" | "lt" | "lte", field: string) =>
      fc.record({
        how: fc.constant(how),
        field: fc.constant(field),
        value: anyValue,
        missing: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
      });
    const range = fc.nat({ max: fields.length }).chain((equal) => {
      const equalities = fields.slice(0, equal).map((field) => bound("eq", field));
      const next = fields[equal];
      if (next === undefined) return fc.tuple(...equalities);
      return fc
        .tuple(
          fc.constantFrom<("gt" | "gte" | null)[]>("gt", "gte", null),
          fc.constantFrom<("lt" | "lte" | null)[]>("lt", "lte", null),
        )
        .chain((sides) =>
          fc.tuple(
            ...equalities,
            ...sides.filter((side) => side !== null).map((side) => bound(side, next)),
          ),
        );
    });
    return fc.record({
      table: fc.constant(name),
      index: fc.constant(index?.[0] ?? null),
      range,
      order: fc.constantFrom("asc", "desc", null),
      filter: fc.option(expression, { freq: 3 }),
    }) as fc.Arbitrary<Read>;
  }),
);
const queryStep = fc.record({
  do: fc.constant("query" as const),
  read,
  end: fc.oneof(fc.constantFrom("collect", "first", "unique"), fc.nat({ max: 4 })),
}) as fc.Arbitrary<Step>;

const plainSteps = fc.array(fc.oneof(insert, insert, insert, change, byId, normalize, queryStep), {
  maxLength: 6,
}) as fc.Arbitrary<Step[]>;
const readSteps = fc.array(queryStep, { maxLength: 2 });
const nested: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant("nested" as const),
    steps: fc.oneof(
      plainSteps,
      fc
        .record({ do: fc.constant("nested" as const), steps: plainSteps, fail: fc.boolean() })
        .map((step): Step[] => [step]),
    ),
    fail: fc.boolean(),
  }),
  fc.record({ do: fc.constant("nestedQuery" as const), steps: readSteps }),
);
const steps = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: plainSteps },
      nested.map((step) => [step]),
    ),
    {
      maxLength: 4,
    },
  )
  .map((groups) => groups.flat());

export const transactions: fc.Arbitrary<Transaction[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant("mutation" as const),
      steps,
      fail: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
    }),
    fc.record({
      kind: fc.constant("query" as const),
      steps: readSteps,
      fail: fc.constant(false),
    }),
  ),
  { minLength: 1, maxLength: 5 },
);

/** Pages of one query, read one after another while documents come and go between them. */
export const pagination = fc.record({
  before: fc.array(insert as fc.Arbitrary<Step>, { maxLength: 12 }),
  read: read.filter(({ filter }) => filter === null),
  size: fc.integer({ min: 1, max: 4 }),
  between: fc.array(
    fc.array(fc.oneof(insert, fc.record({ do: fc.constant("delete" as const), doc })), {
      maxLength: 3,
    }) as fc.Arbitrary<Step[]>,
    { minLength: 2, maxLength: 6 },
  ),
});
