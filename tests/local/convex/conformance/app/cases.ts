/** Functions whose outcome must be the same on every backend; what differs by nature is left out. */
import {
  actionGeneric as action,
  internalMutationGeneric as internalMutation,
  internalQueryGeneric as internalQuery,
  makeFunctionReference,
  mutationGeneric as mutation,
  queryGeneric as query,
} from "convex/server";
import { ConvexError, v, type GenericId } from "convex/values";

const ref = {
  read: makeFunctionReference<"query">("cases:readThings"),
  add: makeFunctionReference<"mutation">("cases:addThing"),
  fail: makeFunctionReference<"mutation">("cases:failConvex"),
  failPlain: makeFunctionReference<"mutation">("cases:failPlain"),
  scheduled: makeFunctionReference<"mutation">("cases:scheduledWork"),
};

/** What a function throws, as far as the caller can tell. */
async function failure(run: () => unknown): Promise<unknown> {
  try {
    await run();
    return "did not fail";
  } catch (error) {
    return error instanceof ConvexError ? { data: error.data as unknown } : "a plain error";
  }
}

export const readThings = internalQuery({
  args: {},
  handler: async ({ db }) => (await db.query("things").collect()).map(({ a }) => a as unknown),
});

export const addThing = internalMutation({
  args: { a: v.any() },
  handler: async ({ db }, { a }) => {
    await db.insert("things", { a });
    return (await db.query("things").collect()).length;
  },
});

export const failConvex = internalMutation({
  args: { data: v.any() },
  handler: async ({ db }, { data }) => {
    await db.insert("things", { a: "must not stay" });
    throw new ConvexError(data);
  },
});

export const failPlain = internalMutation({
  args: {},
  handler: async ({ db }) => {
    await db.insert("things", { a: "must not stay" });
    throw new Error("plain");
  },
});

export const scheduledWork = internalMutation({
  args: { label: v.string(), fail: v.optional(v.boolean()) },
  handler: async ({ db }, { label, fail }) => {
    await db.insert("things", { a: label });
    if (fail) throw new Error("scheduled work failed");
  },
});

export const errorsCrossCalls = mutation({
  args: {},
  handler: async (ctx) => ({
    convex: await failure(() => ctx.runMutation(ref.fail, { data: "text" })),
    plain: await failure(() => ctx.runMutation(ref.failPlain, {})),
    left: await ctx.runQuery(ref.read, {}),
  }),
});

export const errorsCrossActions = action({
  args: {},
  handler: async (ctx) => ({
    convex: await failure(() => ctx.runMutation(ref.fail, { data: [1n, null] })),
    plain: await failure(() => ctx.runMutation(ref.failPlain, {})),
    wrongArguments: await failure(() => ctx.runMutation(ref.add, { b: 1 })),
    count: await ctx.runMutation(ref.add, { a: 1 }),
    left: await ctx.runQuery(ref.read, {}),
  }),
});

export const refusals = mutation({
  args: {},
  handler: async (ctx) => {
    const { db } = ctx;
    const id = await db.insert("things", { a: 1 });
    const gone = await db.insert("things", {});
    await db.delete(gone);
    const many = () => db.query("things").collect();
    await db.insert("things", { a: 1 });
    const tries: Record<string, () => unknown> = {
      uniqueOfTwo: () => db.query("things").unique(),
      patchGone: () => db.patch(gone, { a: 2 }),
      replaceGone: () => db.replace(gone, { a: 2 }),
      deleteGone: () => db.delete(gone),
      patchId: () => db.patch(id, { _id: gone }),
      patchTime: () => db.patch(id, { _creationTime: 1 }),
      dollarField: () => db.insert("things", { a: { $mine: 1 } }),
      systemInsert: () => db.insert("_storage", {}),
      unknownIndex: () => db.query("things").withIndex("by_nothing").collect(),
      wrongField: () =>
        db
          .query("things")
          .withIndex("by_a", (q) => q.eq("b" as "_creationTime", 1))
          .collect(),
      skippedField: () =>
        db
          .query("things")
          .withIndex("by_a_b", (q) => q.eq("b" as "_creationTime", 1))
          .collect(),
      systemTableRead: () => db.query("_scheduled_functions").collect(),
      userTableAsSystem: () => db.system.query("things" as "_storage").collect(),
      wrongTable: () => db.get("shaped" as never, id as never),
      argumentOfWrongType: () => ctx.runMutation(ref.scheduled, { label: 5 }),
      extraArgument: () => ctx.runMutation(ref.scheduled, { label: "x", more: 1 }),
      functionThatIsNot: () => ctx.runQuery(makeFunctionReference<"query">("cases:nothing"), {}),
      mutationAsQuery: () => ctx.runQuery(makeFunctionReference<"query">("cases:addThing"), {}),
    };
    const found: Record<string, unknown> = {};
    for (const [name, attempt] of Object.entries(tries)) found[name] = await failure(attempt);
    return { found, left: (await many()).map(({ a }) => a as unknown) };
  },
});

export const reads = mutation({
  args: {},
  handler: async ({ db }) => {
    const ids: GenericId<"things">[] = [];
    for (const a of [3, 1, 2, undefined, "x", null]) ids.push(await db.insert("things", { a }));
    const values = (documents: { a?: unknown }[]) => documents.map(({ a }) => a ?? null);
    const times = (await db.query("things").collect()).map(({ _creationTime }) => _creationTime);
    const iterated: unknown[] = [];
    for await (const { a } of db.query("things").withIndex("by_a")) {
      iterated.push(a ?? null);
      if (iterated.length === 4) break;
    }
    return {
      scan: values(await db.query("things").collect()),
      backwards: values(await db.query("things").order("desc").take(2)),
      byA: values(await db.query("things").withIndex("by_a").collect()),
      iterated,
      growing: times.every((time, i) => i === 0 || time > times[i - 1]!),
      afterTime: values(
        await db
          .query("things")
          .withIndex("by_creation_time", (q) => q.gt("_creationTime", times[3]!))
          .collect(),
      ),
      byId: values(
        await db
          .query("things")
          .withIndex("by_id", (q) => q.eq("_id", ids[1]!))
          .collect(),
      ),
      missingOnly: (
        await db
          .query("things")
          .withIndex("by_a", (q) => q.eq("a", undefined))
          .collect()
      ).length,
      none: await db
        .query("things")
        .filter((q) => q.eq(1, 2))
        .first(),
      twoLimits: values(
        await db
          .query("things")
          .filter((q) => q.neq(q.field("a"), 1))
          .take(3),
      ),
      undeclared: await db.query("undeclared").collect(),
    };
  },
});

export const schedule = mutation({
  args: {},
  handler: async ({ scheduler }) => [
    await scheduler.runAfter(0, ref.scheduled, { label: "ran" }),
    await scheduler.runAfter(0, ref.scheduled, { label: "failed", fail: true }),
    await scheduler.runAfter(60_000, ref.scheduled, { label: "later" }),
    await scheduler.runAt(Date.now() + 60_000, ref.scheduled, { label: "canceled" }),
  ],
});

export const cancel = mutation({
  args: { id: v.id("_scheduled_functions") },
  handler: async ({ scheduler }, { id }) => {
    await scheduler.cancel(id);
    await scheduler.cancel(id);
  },
});

export const cancelFromAction = action({
  args: { id: v.id("_scheduled_functions") },
  handler: async ({ scheduler }, { id }) => await scheduler.cancel(id),
});

export const jobs = query({
  args: {},
  handler: async ({ db }) =>
    (await db.system.query("_scheduled_functions").collect()).map((job) => ({
      name: job.name,
      args: job.args,
      kind: job.state.kind,
    })),
});

export const files = action({
  args: {},
  handler: async (ctx) => {
    const id = await ctx.storage.store(new Blob(["hello"], { type: "text/plain" }));
    const blob = await ctx.storage.get(id);
    const before = await ctx.runQuery(makeFunctionReference<"query">("cases:file"), { id });
    await ctx.storage.delete(id);
    return {
      text: await blob?.text(),
      before,
      after: await ctx.runQuery(makeFunctionReference<"query">("cases:file"), { id }),
      gone: await ctx.storage.get(id),
      deletedTwice: await failure(() => ctx.storage.delete(id)),
    };
  },
});

export const file = internalQuery({
  args: { id: v.id("_storage") },
  handler: async ({ db, storage }, { id }) => {
    const found = await db.system.get(id);
    return (
      found && { size: found.size, sha256: found.sha256, url: (await storage.getUrl(id)) !== null }
    );
  },
});

export const twoPages = query({
  args: {},
  handler: async ({ db }) => {
    const options = { cursor: null, numItems: 1 };
    await db.query("things").paginate(options);
    return await failure(() => db.query("things").paginate(options));
  },
});

export const addEmbedded = internalMutation({
  args: {},
  handler: async ({ db }) => {
    const add = async (name: string, at: unknown, kind?: string) =>
      await db.insert("embedded", { name, at, ...(kind === undefined ? {} : { kind }) });
    const names: [GenericId<"embedded">, string][] = [];
    for (const [name, at, kind] of [
      ["east", [1, 0, 0], "axis"],
      ["north", [0, 2, 0], "axis"],
      ["up", [0, 0, 0.5]],
      ["northeast", [1, 1, 0]],
      ["west", [-1, 0, 0], "axis"],
    ] as [string, number[], string?][]) {
      names.push([await add(name, at, kind), name]);
    }
    const gone = await add("gone", [1, 0.1, 0]);
    await db.delete(gone);
    const moved = await add("moved", [0, 0, -1]);
    await db.patch(moved, { at: [0.9, 0.1, 0] });
    names.push([moved, "moved"]);
    return names;
  },
});

export const vectors = action({
  args: {},
  handler: async (ctx) => {
    const names = new Map(
      (await ctx.runMutation(makeFunctionReference<"mutation">("cases:addEmbedded"), {})) as [
        string,
        string,
      ][],
    );
    const search = async (query: { limit?: number; filter?: unknown }) => {
      const vector = [2, 0, 0];
      const found = await ctx.vectorSearch("embedded", "by_at", { vector, ...query } as never);
      return found.map(({ _id, _score }) => [names.get(_id)!, Math.round(_score * 1e5) / 1e5]);
    };
    type Filter = { eq(field: string, value: string): unknown; or(...of: unknown[]): unknown };
    return {
      nearest: await search({ limit: 3 }),
      axes: await search({ filter: (q: Filter) => q.eq("kind", "axis") }),
      either: await search({
        filter: (q: Filter) => q.or(q.eq("kind", "axis"), q.eq("name", "moved")),
      }),
      none: await search({ filter: (q: Filter) => q.eq("kind", "nothing") }),
    };
  },
});
