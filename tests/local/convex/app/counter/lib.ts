import { mutationGeneric as mutation, queryGeneric as query } from "convex/server";
import { v } from "convex/values";

export const add = mutation({
  args: { name: v.string(), fail: v.optional(v.boolean()) },
  handler: async ({ db }, { name, fail }) => {
    const step = Number(process.env.STEP ?? 1);
    const found = await db
      .query("counts")
      .withIndex("by_name", (q) => q.eq("name", name))
      .unique();
    if (found === null) await db.insert("counts", { name, value: step });
    else await db.patch(found._id, { value: (found.value as number) + step });
    if (fail) throw new Error("the component refuses");
  },
});

export const get = query({
  args: { name: v.string() },
  returns: v.number(),
  handler: async ({ db }, { name }) => {
    const found = await db
      .query("counts")
      .withIndex("by_name", (q) => q.eq("name", name))
      .unique();
    return (found?.value as number | undefined) ?? 0;
  },
});

export const caller = query({
  args: {},
  handler: async ({ auth }) => (await auth.getUserIdentity())?.subject ?? null,
});
