import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { fileStorageCost } from "../../lib/prices";
import type { Doc } from "../_generated/dataModel";
import { staffQuery } from "../tenancy/functions";

const used = {
  ...{ period: v.string(), calls: v.number(), computeMs: v.number(), cost: v.number() },
  ...{ documentsRead: v.number(), documentsWritten: v.number() },
  ...{ bytesRead: v.number(), bytesWritten: v.number(), egressBytes: v.number() },
};

/**
 * What companies used in a month ("2026-11") and what it cost Sunup, dearest first. Staff only.
 * Throws UNAUTHENTICATED, NOT_FOUND.
 */
export const companies = staffQuery({
  level: "support",
  args: { month: v.string(), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(
    v.object({
      ...{ ...used, tenant: v.optional(v.id("tenants")), name: v.string() },
      /** Files, when they were counted last that month, and what a month of them costs; absent before. */
      stored: v.optional(v.object({ bytes: v.number(), cost: v.number() })),
    }),
  ),
  handler: async ({ platform }, { month, paginationOpts }) => {
    const result = await platform
      .query("tenantUsage")
      .withIndex("by_scope_period_cost", (q) => q.eq("scope", "company").eq("period", month))
      .order("desc")
      .paginate(paginationOpts);
    const page = result.page.map((row) => ({
      ...usedOf(row),
      ...(row.tenant && { tenant: row.tenant }),
      name: row.name,
      ...(row.storedBytes !== undefined && {
        stored: { bytes: row.storedBytes, cost: fileStorageCost(row.storedBytes) },
      }),
    }));
    return { ...result, page };
  },
});

/** What the whole platform used in a month, and on each day of it. Staff only. Throws UNAUTHENTICATED, NOT_FOUND. */
export const platform = staffQuery({
  level: "support",
  args: { month: v.string() },
  returns: v.object({ month: v.union(v.object(used), v.null()), days: v.array(v.object(used)) }),
  handler: async ({ platform }, { month }) => {
    // The month's own row sorts before its days; 32 rows at most.
    const rows = await platform
      .query("tenantUsage")
      .withIndex("by_tenant_period", (q) =>
        q.eq("tenant", undefined).gte("period", month).lt("period", `${month}.`),
      )
      .take(32);
    const total = rows.find(({ period }) => period === month);
    return {
      month: total ? usedOf(total) : null,
      days: rows.filter(({ period }) => period !== month).map(usedOf),
    };
  },
});

function usedOf(row: Doc<"tenantUsage">) {
  const { period, calls, computeMs, cost, documentsRead, documentsWritten } = row;
  const { bytesRead, bytesWritten, egressBytes } = row;
  return {
    ...{ period, calls, computeMs, cost, documentsRead, documentsWritten },
    ...{ bytesRead, bytesWritten, egressBytes },
  };
}
