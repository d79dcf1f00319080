import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  messages: defineTable({
    channel: v.string(),
    author: v.optional(v.string()),
    body: v.string(),
  }).index("by_channel", ["channel"]),
  counters: defineTable({ name: v.string(), value: v.number() }).index("by_name", ["name"]),
  runs: defineTable({ label: v.string() }).index("by_label", ["label"]),
  stamps: defineTable({ at: v.commitTs() }).index("by_at", ["at"]),
});
