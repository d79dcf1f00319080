import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";

export const USAGE_METRICS = ["users", "leads", "storageBytes", "videoMinutes"] as const;
export type UsageMetric = (typeof USAGE_METRICS)[number];
export const usageMetric = literals(...USAGE_METRICS);

/**
 * The period of what is not counted by the month but stands: people and stored bytes.
 * (model/usage.ts says which.)
 */
export const STANDING = "standing";

/** What a tenant has used, one row per metric and period: two metrics never write the same row. */
export const usage = defineTable({
  tenantId: v.id("tenants"),
  /** The month, as "2026-11", or STANDING. */
  period: v.string(),
  metric: usageMetric,
  value: v.number(),
}).index("by_tenant_period_metric", ["tenantId", "period", "metric"]);
