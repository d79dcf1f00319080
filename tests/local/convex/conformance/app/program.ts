/** Runs a program: steps that come as data, so that the same ones can run on two backends. */
import {
  makeFunctionReference,
  mutationGeneric as mutation,
  type AnyDataModel,
  type GenericMutationCtx,
  queryGeneric as query,
} from "convex/server";
import { v, type GenericId, type Value } from "convex/values";

type Fields = Record<string, Value>;
type Operator = "eq" | "neq" | "and" | "or";
export type Expression =
  | { literal: Value }
  | { field: string }
  | { not: Expression }
  | { op: Operator; of: [Expression, Expression] };
export type Read = {
  table: string;
  index: string | null;
  /** Equalities, then bounds. */
  range: {
    how: "eq" | "gt" | "gte" | "lt" | "lte";
    field: string;
    value: Value;
    missing: boolean;
  }[];
  order: "asc" | "desc" | null;
  filter: Expression | null;
};
/** The builders of convex/server, as far as data can drive them. */
type Bounds = Record<
  "eq" | "gt" | "gte" | "lt" | "lte",
  (field: string, value: unknown) => unknown
>;
type Operators = Record<"not" | "field" | Operator, (...operands: unknown[]) => unknown>;
export type Step =
  | { do: "insert"; table: string; fields: Fields }
  | { do: "get" | "delete"; doc: number }
  | { do: "patch" | "replace"; doc: number; fields: Fields; unset: string[] }
  | { do: "normalize"; table: string; doc: number }
  | { do: "query"; read: Read; end: "collect" | "first" | "unique" | number }
  | { do: "page"; read: Read; size: number }
  | { do: "nested"; steps: Step[]; fail: boolean }
  | { do: "nestedQuery"; steps: Step[] };
export type Outcome = { ok: Value } | { failed: string };
/** The ids of all documents that were made, in order, and where the last page of each table ended. */
export type Memory = { ids: string[]; cursors: Record<string, string> };

const nestedRef = makeFunctionReference<"mutation", Fields, { outcomes: Value; memory: Value }>(
  "program:run",
);
const readRef = makeFunctionReference<"query", Fields, { outcomes: Value }>("program:look");

export const run = mutation({
  args: { steps: v.any(), memory: v.any(), fail: v.optional(v.boolean()) },
  handler: async (ctx, { steps, memory, fail }) => {
    const outcomes = await perform(ctx, steps as Step[], memory as Memory);
    if (fail) throw new Error("as asked");
    return { outcomes, memory: memory as Value };
  },
});

export const look = query({
  args: { steps: v.any(), memory: v.any() },
  handler: async (ctx, { steps, memory }) => ({
    outcomes: await perform(
      ctx as GenericMutationCtx<AnyDataModel>,
      steps as Step[],
      memory as Memory,
    ),
  }),
});

export const clear = mutation({
  args: {},
  handler: async ({ db }) => {
    for (const table of ["things", "shaped", "choices"]) {
      for (const { _id } of await db.query(table).collect())
        await db.delete(_id as GenericId<string>);
    }
  },
});

async function perform(ctx: GenericMutationCtx<AnyDataModel>, steps: Step[], memory: Memory) {
  const outcomes: Outcome[] = [];
  for (const step of steps) {
    try {
      outcomes.push({ ok: ((await one(ctx, step, memory)) ?? null) as Value });
    } catch (error) {
      outcomes.push({ failed: (error as Error).message });
    }
  }
  return outcomes as Value;
}

async function one(
  ctx: GenericMutationCtx<AnyDataModel>,
  step: Step,
  memory: Memory,
): Promise<unknown> {
  const { db } = ctx;
  const idOf = (doc: number) => memory.ids[doc % memory.ids.length] as GenericId<string>;
  if ("doc" in step && memory.ids.length === 0) return "There is no document yet.";
  switch (step.do) {
    case "insert": {
      const id = await db.insert(step.table, step.fields);
      memory.ids.push(id);
      return id;
    }
    case "get":
      return await db.get(idOf(step.doc));
    case "delete":
      return await db.delete(idOf(step.doc));
    case "patch":
    case "replace": {
      // convex-test refuses to remove a field that is neither there nor in the schema; Convex does not.
      const had = await db.get(idOf(step.doc));
      const names = step.unset.filter((name) => had !== null && name in had);
      const unset = Object.fromEntries(names.map((name) => [name, undefined]));
      const fields = { ...step.fields, ...unset };
      if (step.do === "patch") return await db.patch(idOf(step.doc), fields);
      return await db.replace(idOf(step.doc), fields);
    }
    case "normalize":
      return db.normalizeId(step.table, idOf(step.doc));
    case "query": {
      const found = read(ctx, step.read);
      if (typeof step.end === "number") return await found.take(step.end);
      return await found[step.end]();
    }
    case "page": {
      const { table } = step.read;
      const cursor = memory.cursors[table] ?? null;
      const page = await read(ctx, step.read).paginate({ cursor, numItems: step.size });
      memory.cursors[table] = page.continueCursor;
      return { page: page.page, isDone: page.isDone };
    }
    case "nested": {
      const { steps, fail } = step;
      // Only what a nested mutation that succeeds has made stays known.
      const inner = await ctx.runMutation(nestedRef, { steps: steps as Value, memory, fail });
      Object.assign(memory, inner.memory);
      return inner.outcomes;
    }
    case "nestedQuery":
      return (await ctx.runQuery(readRef, { steps: step.steps as Value, memory })).outcomes;
  }
}

function read(
  { db }: GenericMutationCtx<AnyDataModel>,
  { table, index, range, order, filter }: Read,
) {
  const start = db.query(table);
  const ranged =
    index === null
      ? start
      : start.withIndex(
          index as "by_id",
          (q) =>
            range.reduce(
              (builder, { how, field, value, missing }) =>
                builder[how](field, missing ? undefined : value) as Bounds,
              q as unknown as Bounds,
            ) as never,
        );
  const ordered = order === null ? ranged : ranged.order(order);
  return filter === null
    ? ordered
    : ordered.filter((q) => express(q as unknown as Operators, filter) as never);
}

function express(q: Operators, expression: Expression): unknown {
  if ("literal" in expression) return expression.literal;
  if ("field" in expression) return q.field(expression.field);
  if ("not" in expression) return q.not(express(q, expression.not));
  const [left, right] = expression.of;
  return q[expression.op](express(q, left), express(q, right));
}
