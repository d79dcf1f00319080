import {
  internalMutationGeneric as internalMutation,
  makeFunctionReference,
  mutationGeneric as mutation,
  queryGeneric as query,
} from "convex/server";
import { v } from "convex/values";

const addRef = makeFunctionReference<"mutation", { name: string; by: number }, null>(
  "counters:add",
);
const failRef = makeFunctionReference<"mutation", { name: string }, null>("counters:failAfterAdd");

export const get = query({
  args: { name: v.string() },
  returns: v.number(),
  handler: async ({ db }, { name }) => {
    const counter = await db
      .query("counters")
      .withIndex("by_name", (q) => q.eq("name", name))
      .unique();
    return counter?.value ?? 0;
  },
});

export const increment = mutation({
  args: { name: v.string() },
  handler: async (ctx, { name }) => await ctx.runMutation(addRef, { name, by: 1 }),
});

/** Not for clients. */
export const add = internalMutation({
  args: { name: v.string(), by: v.number() },
  returns: v.null(),
  handler: async ({ db }, { name, by }) => {
    const counter = await db
      .query("counters")
      .withIndex("by_name", (q) => q.eq("name", name))
      .unique();
    if (counter === null) await db.insert("counters", { name, value: by });
    else await db.patch(counter._id, { value: (counter.value as number) + by });
    return null;
  },
});

export const nestedFailure = mutation({
  args: { name: v.string() },
  returns: v.string(),
  handler: async (ctx, { name }) => {
    await ctx.runMutation(addRef, { name, by: 1 });
    try {
      await ctx.runMutation(failRef, { name });
    } catch (error) {
      return (error as Error).message;
    }
    return "did not fail";
  },
});

export const failAfterAdd = internalMutation({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    await ctx.runMutation(addRef, { name, by: 100 });
    throw new Error("inner failure");
  },
});
let runs = 0;

/** How often it was run since the code was loaded: on Convex too, nobody may rely on it. */
export const countRuns = mutation({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    console.log("run");
    await ctx.runMutation(addRef, { name, by: 1 });
    await ctx.scheduler.runAfter(60_000, addRef, { name, by: 1 });
    return { runs: ++runs, random: Math.random() };
  },
});

export const parallel = mutation({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    await Promise.all([1, 2, 3, 4].map((by) => ctx.runMutation(addRef, { name, by })));
  },
});

/** Writes of its own beside a nested mutation that fails. */
export const besideFailure = mutation({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    const own = (value: number) => ctx.db.insert("counters", { name: `${name}-${value}`, value });
    await Promise.allSettled([own(1), ctx.runMutation(failRef, { name }), own(2)]);
  },
});
