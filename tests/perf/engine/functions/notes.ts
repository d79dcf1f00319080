import { mutationGeneric as mutation, queryGeneric as query } from "convex/server";
import { v } from "convex/values";

const TEXT = "What was agreed on the phone, and who calls whom when the permit is there.";

/** The newest 25 of an owner. */
export const newest = query({
  args: { owner: v.string() },
  handler: async ({ db }, { owner }) =>
    await db
      .query("notes")
      .withIndex("by_owner", (q) => q.eq("owner", owner))
      .order("desc")
      .take(25),
});

/** The number of the newest one, or -1. */
export const last = query({
  args: { owner: v.string() },
  handler: async ({ db }, { owner }) => {
    const note = await db
      .query("notes")
      .withIndex("by_owner", (q) => q.eq("owner", owner))
      .order("desc")
      .first();
    return (note?.n ?? -1) as number;
  },
});

export const add = mutation({
  args: { owner: v.string(), n: v.number() },
  handler: async ({ db }, { owner, n }) => {
    await db.insert("notes", { owner, n, text: TEXT });
  },
});

export const addMany = mutation({
  args: { owner: v.string(), count: v.number() },
  handler: async ({ db }, { owner, count }) => {
    for (let n = 0; n < count; n++) await db.insert("notes", { owner, n, text: TEXT });
  },
});
