import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { PLAN_IDS } from "../../lib/plans";

export const tenantStatus = literals("active", "pastDue", "suspended", "closing", "closed");

/** A plan of lib/plans.ts. */
export const planId = literals(...PLAN_IDS);

/**
 * One row per installation company. A platform table: its `_id` is the tenantId of
 * every other row. Nothing that changes often may live here (counters, last seen):
 * every session of the tenant reads this row, and each write would re-run them all.
 */
export const tenants = defineTable({
  name: v.string(),
  /** Unique; see lib/slug.ts. */
  slug: v.string(),
  status: tenantStatus,
  plan: planId,
  /** A plan that was asked for at sign-up and is agreed with sales first. */
  planWish: v.optional(planId),
  /** Milliseconds; set while a trial of `plan` runs. */
  trialEndsAt: v.optional(v.number()),
}).index("by_slug", ["slug"]);
