import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  /** Anything at all, under indexes. */
  things: defineTable(v.any())
    .index("by_a", ["a"])
    .index("by_a_b", ["a", "b"])
    .index("by_nested", ["a.a", "b"]),
  /** A document that must fit. */
  shaped: defineTable({
    name: v.string(),
    count: v.optional(v.number()),
    big: v.optional(v.int64()),
    kind: v.union(v.literal("x"), v.literal("y"), v.object({ of: v.array(v.boolean()) })),
    scores: v.optional(v.record(v.string(), v.union(v.number(), v.null()))),
    inner: v.optional(v.object({ required: v.bytes(), maybe: v.optional(v.any()) })),
    friend: v.optional(v.id("things")),
  }).index("by_name", ["name"]),
  embedded: defineTable({
    name: v.string(),
    kind: v.optional(v.string()),
    at: v.any(),
  }).vectorIndex("by_at", { vectorField: "at", dimensions: 3, filterFields: ["kind", "name"] }),
  choices: defineTable(
    v.union(
      v.object({ type: v.literal("one"), value: v.number() }),
      v.object({ type: v.literal("two"), value: v.optional(v.string()) }),
    ),
  ).index("by_value", ["value"]),
});
