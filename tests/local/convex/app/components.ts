import {
  componentsGeneric,
  createFunctionHandle,
  mutationGeneric as mutation,
  queryGeneric as query,
  type FunctionReference,
} from "convex/server";
import { v } from "convex/values";

type Counter = {
  lib: {
    add: FunctionReference<"mutation", "internal", { name: string; fail?: boolean }, null>;
    get: FunctionReference<"query", "internal", { name: string }, number>;
    caller: FunctionReference<"query", "internal", Record<string, never>, string | null>;
  };
};
const components = componentsGeneric() as unknown as { likes: Counter; views: Counter };

export const like = mutation({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    await ctx.runMutation(components.likes.lib.add, { name });
    await ctx.runMutation(components.views.lib.add, { name });
    await ctx.runMutation(components.views.lib.add, { name, fail: true }).catch(() => null);
  },
});

export const totals = query({
  args: { name: v.string() },
  handler: async (ctx, { name }) => ({
    likes: await ctx.runQuery(components.likes.lib.get, { name }),
    views: await ctx.runQuery(components.views.lib.get, { name }),
    caller: await ctx.runQuery(components.likes.lib.caller, {}),
  }),
});

export const likeByHandle = mutation({
  args: { name: v.string() },
  handler: async (ctx, { name }) => {
    const handle = await createFunctionHandle(components.likes.lib.add);
    await ctx.runMutation(handle, { name });
  },
});
