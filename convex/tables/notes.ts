import { defineTable } from "convex/server";
import { v } from "convex/values";

export const notePart = v.union(
  v.object({ text: v.string() }),
  /** The name is the one of that moment. */
  v.object({ memberId: v.id("members"), name: v.string() }),
);

/** What people of a company tell each other about a project. Text and mentions, never HTML. */
export const notes = defineTable({
  tenantId: v.id("tenants"),
  projectId: v.id("projects"),
  authorId: v.id("members"),
  /** The author's name at that time, so that a page needs no look-ups. */
  authorName: v.string(),
  parts: v.array(notePart),
  /** Milliseconds; absent as long as it says what it said first. */
  editedAt: v.optional(v.number()),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_project", ["tenantId", "projectId"]);
