import { mutationGeneric as mutation, queryGeneric as query } from "convex/server";
import { v } from "convex/values";

export const add = mutation({
  args: { any: v.any() },
  handler: async ({ db }, { any }) => {
    const before = await db.query("anything").first();
    await db.insert("anything", { any, ...(before === null ? {} : { first: before._id }) });
  },
});

export const addOther = mutation({
  args: {},
  handler: async ({ db }) => {
    await db.insert("undeclared", { other: true });
    await db.insert("anything", { any: "is replaced" });
  },
});

export const files = query({
  args: {},
  handler: async ({ db }) => (await db.system.query("_storage").collect()).map(({ _id }) => _id),
});

/** Documents as they are, ids and times included. */
export const everything = query({
  args: {},
  handler: async ({ db }) => ({
    undeclared: await db.query("undeclared").collect(),
    messages: await db.query("messages").collect(),
    files: (await db.system.query("_storage").collect()).map(({ _id, sha256 }) => [_id, sha256]),
    anything: await db.query("anything").collect(),
  }),
});
