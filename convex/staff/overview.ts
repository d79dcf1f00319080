import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { sunupError } from "../../lib/errors";
import { FUNNEL_STEPS } from "../../lib/platformTotals";
import { TRIAL_ENDING_MS } from "../../lib/tenantSummaries";
import { readTotals } from "../model/platformTotals";
import { planId, tenantStatus } from "../tables/tenants";
import { staffQuery } from "../tenancy/functions";

/** Costliest companies that are shown. */
const COSTLIEST = 6;

/**
 * The platform's figures up to `today` ("2026-11-23", UTC), from totals that follow every minute.
 * Staff only. Throws UNAUTHENTICATED, NOT_FOUND, INVALID (no day).
 */
export const totals = staffQuery({
  level: "support",
  args: { today: v.string() },
  returns: v.object({
    companies: v.array(v.object({ plan: planId, status: tenantStatus, count: v.number() })),
    /** US cents a month that all companies pay. */
    mrrCents: v.number(),
    /** Milliseconds; absent before the first company is counted. */
    changedAt: v.optional(v.number()),
    /** The last 30 days, oldest first. */
    signUps: v.array(v.object({ day: v.string(), count: v.number() })),
    /** Companies that signed up in the last 90 days, and how many of those came to each step. */
    funnel: v.array(v.object({ step: literals("signUps", ...FUNNEL_STEPS), count: v.number() })),
    /** Up to twelve months, oldest first; the last one is the present. */
    revenue: v.array(v.object({ month: v.string(), mrrCents: v.number() })),
  }),
  handler: async ({ platform }, { today }) => {
    if (!/^\d{4}-\d\d-\d\d$/.test(today) || Number.isNaN(Date.parse(today))) {
      throw sunupError("INVALID", { message: "A day looks like 2026-11-23." });
    }
    return await readTotals({ platform }, today);
  },
});

/** Companies whose trial ends within a week of `from` (milliseconds), soonest first. Staff only. Throws UNAUTHENTICATED, NOT_FOUND. */
export const trialsEnding = staffQuery({
  level: "support",
  args: { from: v.number(), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(
    v.object({
      tenantId: v.id("tenants"),
      company: v.string(),
      trialEndsAt: v.number(),
      lastActivityAt: v.number(),
    }),
  ),
  handler: async ({ platform }, { from, paginationOpts }) => {
    const result = await platform
      .query("tenantSummaries")
      .withIndex("by_trialEndsAt", (q) =>
        q.gte("trialEndsAt", from).lte("trialEndsAt", from + TRIAL_ENDING_MS),
      )
      .paginate(paginationOpts);
    const page = result.page.map(({ tenant, name, trialEndsAt = 0, lastActivityAt }) => ({
      ...{ tenantId: tenant, company: name, trialEndsAt, lastActivityAt },
    }));
    return { ...result, page };
  },
});

/** The companies that cost Sunup most in a month ("2026-11"), in US dollars. Staff only. Throws UNAUTHENTICATED, NOT_FOUND. */
export const costliest = staffQuery({
  level: "support",
  args: { month: v.string() },
  returns: v.array(
    v.object({
      tenantId: v.id("tenants"),
      company: v.string(),
      cost: v.number(),
      calls: v.number(),
    }),
  ),
  handler: async ({ platform }, { month }) => {
    const rows = await platform
      .query("tenantUsage")
      .withIndex("by_scope_period_cost", (q) => q.eq("scope", "company").eq("period", month))
      .order("desc")
      .take(COSTLIEST);
    return rows.flatMap(({ tenant, name, cost, calls }) =>
      tenant ? [{ tenantId: tenant, company: name, cost, calls }] : [],
    );
  },
});
