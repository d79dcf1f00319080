import { defineTable } from "convex/server";
import { v } from "convex/values";
import { planId, tenantStatus } from "./tenants";
import { usageMetric } from "./usage";
import { webhookSource } from "./webhookEvents";

/** How much of a metric is used, in the metric's own unit (lib/usage.ts). */
const used = v.object({ metric: usageMetric, used: v.number() });

/**
 * Sunup's own measure of a company, one row each, never read by a company's functions: for staff
 * to find it in seconds without a look into its rows. What stands in `tenants` is copied in the
 * transaction that changes it (tenancy/ownTenant.ts), the rest follows within the hour of
 * somebody's work, and every night (model/tenantSummaries.ts).
 */
export const tenantSummaries = defineTable({
  tenant: v.id("tenants"),
  name: v.string(),
  /** The name as lists are put in order by it. */
  sortName: v.string(),
  slug: v.string(),
  plan: planId,
  status: tenantStatus,
  /** Milliseconds; set while a trial runs. */
  trialEndsAt: v.optional(v.number()),
  withoutAdministrator: v.boolean(),
  /** True while staff give it a plan, or have set a limit or feature. */
  overridden: v.boolean(),
  /** Milliseconds: the founding. */
  createdAt: v.number(),
  /** The addresses of its first administrators. */
  administrators: v.array(v.string()),
  /** The words by which it is found. */
  searchText: v.string(),
  members: v.number(),
  /** Not archived. */
  projects: v.number(),
  /** Of the present month, or standing. */
  usage: v.array(used),
  /** The last months in which there were leads, oldest first: "2026-11". */
  leadMonths: v.array(v.object({ period: v.string(), value: v.number() })),
  overLimit: v.boolean(),
  /** The fullest of its limits, in percent. */
  usagePercent: v.number(),
  /** Whom the webhooks about it name: its customer at Stripe, its first administrators at Clerk. */
  webhookSubjects: v.array(v.object({ source: webhookSource, subject: v.string() })),
  /** US cents a month that it pays. */
  mrrCents: v.number(),
  /** What is wrong with what it pays, in one sentence. */
  billingProblem: v.optional(v.string()),
  /** Milliseconds; to the hour. */
  lastActivityAt: v.number(),
  /** Milliseconds: when the figures were last counted. */
  countedAt: v.number(),
  /** Counts what staff change of the company, from 0: a change that started from an older one is refused. */
  revision: v.number(),
  /** Who of the staff changed it last. */
  changedBy: v.optional(v.string()),
})
  .searchIndex("search_text", {
    searchField: "searchText",
    filterFields: ["plan", "status", "overLimit", "withoutAdministrator", "overridden"],
  })
  .index("by_tenant", ["tenant"])
  .index("by_trialEndsAt", ["trialEndsAt"])
  .index("by_overLimit", ["overLimit", "createdAt"])
  .index("by_withoutAdministrator", ["withoutAdministrator", "createdAt"])
  .index("by_overridden", ["overridden", "createdAt"])
  // One index for every filter that leads and every order behind it (model/tenantList.ts), so that
  // a page is read as it is shown.
  .index("by_created", ["createdAt"])
  .index("by_name", ["sortName"])
  .index("by_activity", ["lastActivityAt"])
  .index("by_usage", ["usagePercent"])
  .index("by_revenue", ["mrrCents"])
  .index("by_plan_created", ["plan", "createdAt"])
  .index("by_plan_name", ["plan", "sortName"])
  .index("by_plan_activity", ["plan", "lastActivityAt"])
  .index("by_plan_usage", ["plan", "usagePercent"])
  .index("by_plan_revenue", ["plan", "mrrCents"])
  .index("by_status_created", ["status", "createdAt"])
  .index("by_status_name", ["status", "sortName"])
  .index("by_status_activity", ["status", "lastActivityAt"])
  .index("by_status_usage", ["status", "usagePercent"])
  .index("by_status_revenue", ["status", "mrrCents"]);
