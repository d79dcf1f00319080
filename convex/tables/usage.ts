import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { USAGE_METRICS } from "../../lib/usage";

/** A metric of lib/usage.ts. */
export const usageMetric = literals(...USAGE_METRICS);

/** What a tenant has used, one row per metric and period: two metrics never write the same row. */
export const usage = defineTable({
  tenantId: v.id("tenants"),
  /** The month where the company is, as "2026-11", or STANDING of lib/usage.ts. */
  period: v.string(),
  metric: usageMetric,
  /** In the metric's own unit: people, leads, bytes, minutes. */
  value: v.number(),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_period_metric", ["tenantId", "period", "metric"])
  .index("by_tenant_metric_period", ["tenantId", "metric", "period"]);
