import { defineTable } from "convex/server";
import { v } from "convex/values";

/**
 * When a member was last seen. A table of its own: it changes every few minutes, and the
 * list of members must not be read again each time.
 */
export const presence = defineTable({
  tenantId: v.id("tenants"),
  memberId: v.id("members"),
  /** Milliseconds. */
  lastSeenAt: v.number(),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_member", ["tenantId", "memberId"]);
