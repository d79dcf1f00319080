import { defineTable } from "convex/server";
import { v } from "convex/values";

/**
 * What a member, or the company as a whole, may still change before it has to wait
 * (lib/rateLimits.ts). A member's row is written only by that member's own changes.
 */
export const rateBuckets = defineTable({
  tenantId: v.id("tenants"),
  /** Absent in the company's own row. */
  memberId: v.optional(v.id("members")),
  tokens: v.number(),
  /** When `tokens` was right, ms. */
  at: v.number(),
  /** Changes that were taken from the company's bucket and not made yet; 0 in the company's own row. */
  drawn: v.number(),
}).index("by_tenant_member", ["tenantId", "memberId"]);
