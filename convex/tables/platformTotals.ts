import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { FUNNEL_STEPS } from "../../lib/platformTotals";
import { planId, tenantStatus } from "./tenants";

/*
 * What the overview of the staff's console shows of all companies together. Whoever changes a
 * company's summary leaves a row in `platformChanges`, which meets no other write; one job after
 * the other takes those up and moves the totals (model/platformTotals.ts). So no sign-up waits for
 * another, and a total is one row.
 */

/** Companies whose summary changed and that have to be counted again. */
export const platformChanges = defineTable({ tenant: v.id("tenants") }).index("by_tenant", [
  "tenant",
]);

/** What each company contributes to the totals; see lib/platformTotals.ts. */
export const platformShares = defineTable({
  tenant: v.id("tenants"),
  day: v.string(),
  plan: planId,
  status: tenantStatus,
  mrrCents: v.number(),
  steps: v.array(literals(...FUNNEL_STEPS)),
}).index("by_tenant", ["tenant"]);

/** The sum of all shares as they are: one row. */
export const platformTotals = defineTable({
  companies: v.array(v.object({ plan: planId, status: tenantStatus, count: v.number() })),
  mrrCents: v.number(),
  /** Milliseconds: when a share last changed. */
  changedAt: v.number(),
});

/** Who signed up in a month (UTC), day by day, with the steps those came to; and the month's revenue. */
export const platformMonths = defineTable({
  /** "2026-11" */
  month: v.string(),
  days: v.array(
    v.object({
      day: v.string(),
      signUps: v.number(),
      firstProject: v.number(),
      secondMember: v.number(),
      tenProjects: v.number(),
    }),
  ),
  /** US cents a month that all companies paid when the month ended, or pay now; absent while unknown. */
  mrrCents: v.optional(v.number()),
}).index("by_month", ["month"]);
