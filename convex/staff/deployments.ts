import { v } from "convex/values";
import { literals, nullable } from "convex-helpers/validators";
import { SHARD_REASONS, shardReasons, shareOf } from "../../lib/shardAdvice";
import type { Id } from "../_generated/dataModel";
import { ownShard } from "../model/shards";
import { monthOf } from "../model/telemetry/tenantUsage";
import { staffQuery } from "../tenancy/functions";

/**
 * Where a company lives, how large it is there, and whether it should have a deployment of its own
 * (lib/shardAdvice.ts). Staff only. Throws UNAUTHENTICATED, NOT_FOUND.
 */
export const ofTenant = staffQuery({
  level: "support",
  args: { tenantId: v.id("tenants") },
  returns: v.object({
    deployment: v.string(),
    projects: nullable(v.number()),
    /** Of all companies' database time in this month (UTC), 0 to 1; null while there is too little. */
    computeShare: nullable(v.number()),
    reasons: v.array(literals(...SHARD_REASONS)),
  }),
  handler: async ({ platform, tenantX }, { tenantId }) => {
    await tenantX(tenantId);
    const summary = await platform
      .query("tenantSummaries")
      .withIndex("by_tenant", (q) => q.eq("tenant", tenantId))
      .first();
    const period = monthOf(Date.now());
    const computeMs = async (tenant: Id<"tenants"> | undefined) => {
      const used = await platform
        .query("tenantUsage")
        .withIndex("by_tenant_period", (q) => q.eq("tenant", tenant).eq("period", period))
        .first();
      return used?.computeMs ?? 0;
    };
    const [own, all] = await Promise.all([computeMs(tenantId), computeMs(undefined)]);
    const measures = { projects: summary?.projects ?? null, computeShare: shareOf(own, all) };
    return { deployment: ownShard(), ...measures, reasons: shardReasons(measures) };
  },
});
