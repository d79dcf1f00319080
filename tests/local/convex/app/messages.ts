import {
  mutationGeneric as mutation,
  paginationOptsValidator,
  queryGeneric as query,
} from "convex/server";
import { ConvexError, v } from "convex/values";

export const list = query({
  args: { channel: v.string() },
  handler: async ({ db }, { channel }) =>
    await db
      .query("messages")
      .withIndex("by_channel", (q) => q.eq("channel", channel))
      .collect(),
});

export const bodies = query({
  args: { channel: v.string() },
  returns: v.array(v.string()),
  handler: async ({ db }, { channel }) => {
    const found = await db
      .query("messages")
      .withIndex("by_channel", (q) => q.eq("channel", channel))
      .collect();
    return found.map((message) => message.body as string);
  },
});

export const count = query({
  args: {},
  handler: async ({ db }) => (await db.query("messages").collect()).length,
});

export const page = query({
  args: { channel: v.string(), paginationOpts: paginationOptsValidator },
  handler: async ({ db }, { channel, paginationOpts }) =>
    await db
      .query("messages")
      .withIndex("by_channel", (q) => q.eq("channel", channel))
      .paginate(paginationOpts),
});

export const send = mutation({
  args: { channel: v.string(), body: v.string() },
  returns: v.id("messages"),
  handler: async ({ db }, args) => await db.insert("messages", args),
});

export const sendMany = mutation({
  args: { channel: v.string(), count: v.number() },
  handler: async ({ db }, { channel, count }) => {
    for (let i = 0; i < count; i++) await db.insert("messages", { channel, body: `message ${i}` });
  },
});

export const edit = mutation({
  args: { id: v.id("messages"), body: v.string() },
  handler: async ({ db }, { id, body }) => await db.patch("messages", id, { body }),
});

export const remove = mutation({
  args: { id: v.id("messages") },
  handler: async ({ db }, { id }) => await db.delete("messages", id),
});

export const sendThenFail = mutation({
  args: { channel: v.string(), how: v.union(v.literal("plain"), v.literal("convex")) },
  handler: async ({ db }, { channel, how }) => {
    await db.insert("messages", { channel, body: "must not stay" });
    if (how === "convex") throw new ConvexError({ code: "NO", count: 3n });
    throw new Error("a secret detail");
  },
});

export const failing = query({
  args: { how: v.union(v.literal("plain"), v.literal("convex")) },
  handler: async (_ctx, { how }) => {
    console.log("a secret line");
    if (how === "convex") throw new ConvexError("told to the client");
    throw new Error("a secret detail");
  },
});
