import { defineTable } from "convex/server";
import { v } from "convex/values";

/** What staff note about a company, for each other: a platform table, which no company sees. Append-only. */
export const staffNotes = defineTable({
  tenant: v.id("tenants"),
  staffId: v.id("staff"),
  /** The author's name at that time. */
  staffName: v.string(),
  text: v.string(),
  /** The note of the same author in whose place this one stands; that one stays as it was. */
  corrects: v.optional(v.id("staffNotes")),
})
  .index("by_tenant", ["tenant"])
  .index("by_corrects", ["corrects"]);
