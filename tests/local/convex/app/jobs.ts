import {
  actionGeneric as action,
  internalActionGeneric as internalAction,
  internalMutationGeneric as internalMutation,
  makeFunctionReference,
  mutationGeneric as mutation,
  queryGeneric as query,
} from "convex/server";
import { v } from "convex/values";

const recordRef = makeFunctionReference<"mutation">("jobs:record");
const slowRef = makeFunctionReference<"action">("jobs:slow");
const failingRef = makeFunctionReference<"mutation">("jobs:failing");

export const schedule = mutation({
  args: { label: v.string(), delay: v.number() },
  handler: async (ctx, { label, delay }) =>
    await ctx.scheduler.runAfter(delay, recordRef, { label }),
});

export const scheduleThenFail = mutation({
  args: { label: v.string() },
  handler: async (ctx, { label }) => {
    await ctx.scheduler.runAfter(0, recordRef, { label });
    throw new Error("never mind");
  },
});

export const scheduleFailing = mutation({
  args: { label: v.string() },
  handler: async (ctx, { label }) => await ctx.scheduler.runAfter(0, failingRef, { label }),
});

export const scheduleSlow = mutation({
  args: { label: v.string() },
  handler: async (ctx, { label }) => await ctx.scheduler.runAfter(0, slowRef, { label }),
});

export const scheduleFromAction = action({
  args: { label: v.string() },
  handler: async (ctx, { label }): Promise<string> =>
    await ctx.scheduler.runAfter(0, recordRef, { label }),
});

export const cancel = mutation({
  args: { id: v.id("_scheduled_functions") },
  handler: async (ctx, { id }) => await ctx.scheduler.cancel(id),
});

export const state = query({
  args: { id: v.id("_scheduled_functions") },
  handler: async ({ db }, { id }) => (await db.system.get(id))?.state ?? null,
});

export const runs = query({
  args: { label: v.string() },
  handler: async ({ db }, { label }) =>
    (
      await db
        .query("runs")
        .withIndex("by_label", (q) => q.eq("label", label))
        .collect()
    ).length,
});

export const record = internalMutation({
  args: { label: v.string() },
  handler: async ({ db }, { label }) => {
    await db.insert("runs", { label });
  },
});

export const failing = internalMutation({
  args: { label: v.string() },
  handler: async ({ db }, { label }) => {
    await db.insert("runs", { label });
    throw new Error("the job failed");
  },
});

export const slow = internalAction({
  args: { label: v.string() },
  handler: async (ctx, { label }) => {
    await ctx.runMutation(recordRef, { label });
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  },
});

export const pendingCount = query({
  args: {},
  handler: async ({ db }) =>
    (await db.system.query("_scheduled_functions").collect()).filter(
      ({ state }) => state.kind === "pending",
    ).length,
});
