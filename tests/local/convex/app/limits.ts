/** Functions that want too much. */
import {
  internalMutationGeneric as internalMutation,
  internalQueryGeneric as internalQuery,
  makeFunctionReference,
  mutationGeneric as mutation,
  queryGeneric as query,
} from "convex/server";
import { v } from "convex/values";

const writeRef = makeFunctionReference<"mutation">("limits:write");
const deeperRef = makeFunctionReference<"mutation">("limits:deeper");
const readRef = makeFunctionReference<"query">("limits:read");

export const write = internalMutation({
  args: { count: v.number(), schedule: v.number() },
  handler: async (ctx, { count, schedule }) => {
    for (let i = 0; i < count; i++) await ctx.db.insert("runs", { label: "limited" });
    for (let i = 0; i < schedule; i++) {
      await ctx.scheduler.runAfter(60_000, writeRef, { count: 0, schedule: 0 });
    }
  },
});

export const read = internalQuery({
  args: { count: v.number() },
  handler: async ({ db }, { count }) => (await db.query("runs").take(count)).length,
});

const reason = (run: Promise<unknown>) =>
  run.then(
    () => null,
    (error: Error) => error.message,
  );

/** What is said to nested functions with limits of their own, after as much was done before. */
export const nested = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.runMutation(writeRef, { count: 5, schedule: 5 });
    const limited = (transactionLimits: object, args: object) =>
      reason(ctx.runMutation(writeRef, args, { transactionLimits }));
    return {
      fits: await limited({ documentsWritten: 2 }, { count: 2, schedule: 0 }),
      writes: await limited({ documentsWritten: 2 }, { count: 3, schedule: 0 }),
      bytes: await limited({ bytesWritten: 10 }, { count: 1, schedule: 0 }),
      schedules: await limited({ functionsScheduled: 1 }, { count: 0, schedule: 2 }),
      reads: await reason(
        ctx.runQuery(readRef, { count: 3 }, { transactionLimits: { documentsRead: 2 } }),
      ),
      after: await reason(ctx.runMutation(writeRef, { count: 3, schedule: 3 })),
      kept: (
        await ctx.db
          .query("runs")
          .withIndex("by_label", (q) => q.eq("label", "limited"))
          .collect()
      ).length,
    };
  },
});

export const deeper = internalMutation({
  args: { depth: v.number() },
  handler: async (ctx, { depth }): Promise<number> =>
    depth === 0 ? 0 : 1 + (await ctx.runMutation(deeperRef, { depth: depth - 1 })),
});

export const deep = mutation({
  args: { depth: v.number() },
  handler: async (ctx, { depth }): Promise<number> =>
    await ctx.runMutation(deeperRef, { depth: depth - 1 }),
});

const ENDLESS: Record<string, () => unknown> = {
  while: () => {
    while (true);
  },
  nested: () => {
    let i = 0;
    for (;;) for (const step of [1, 2]) if (step > 0) i += step * (i % 2);
  },
  stubborn: () => {
    for (;;) {
      try {
        for (let i = 0; ; i++) JSON.stringify(i);
      } catch {
        // and again
      }
    }
  },
  promises: async () => {
    do await null;
    while (true);
  },
};

export const endless = mutation({
  args: { how: v.string() },
  handler: async (ctx, { how }) => {
    await ctx.db.insert("runs", { label: "endless" });
    try {
      await ENDLESS[how]!();
    } catch {
      return "caught"; // which must not help
    }
    return "done";
  },
});

export const echo = query({ args: { value: v.any() }, handler: async (_, { value }) => value });

export const list = query({
  args: { length: v.number() },
  handler: async (_, { length }) => Array.from({ length }, () => 0),
});
