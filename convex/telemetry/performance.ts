import { v } from "convex/values";
import { DAY_MS } from "../../lib/days";
import { notedCalls } from "../../lib/telemetry/callNote";
import { type FunctionTally, tallyFunctions } from "../../lib/telemetry/functionTally";
import { runBudget } from "../../lib/telemetry/overrun";
import { tallyPlatform, tallyTenants } from "../../lib/telemetry/tenantTally";
import { internal } from "../_generated/api";
import { takeBatchOnce } from "../model/telemetry/batches";
import { addToFunctionDay, startOfDay } from "../model/telemetry/functionDays";
import { addTenantUsage, dayOf } from "../model/telemetry/tenantUsage";
import { functionKind } from "../tables/performance";
import { systemMutation } from "../tenancy/functions";

/** Figures are kept for so long. */
const KEPT_DAYS = 90;

/** Rows removed by one run of the nightly sweep. */
const SWEPT_AT_ONCE = 200;

const run = {
  at: v.number(),
  path: v.string(),
  kind: functionKind,
  requestId: v.string(),
  component: v.union(v.string(), v.null()),
};
const execution = v.object({
  ...run,
  ...{ milliseconds: v.number(), failed: v.boolean(), cached: v.boolean(), retries: v.number() },
  ...{ error: v.union(v.string(), v.null()), conflict: v.union(v.string(), v.null()) },
  ...{ documentsRead: v.number(), documentsWritten: v.number() },
  ...{ bytesRead: v.number(), bytesWritten: v.number() },
  ...{ fileBytes: v.number(), egressBytes: v.number() },
});
const line = v.object({ ...run, sunup: v.string(), data: v.record(v.string(), v.any()) });

/**
 * Adds a verified batch of the log stream to the figures of functions and of companies. A batch
 * that comes again changes nothing. Runs over their budget are said in the log.
 */
export const record = systemMutation({
  args: { digest: v.string(), executions: v.array(execution), lines: v.array(line) },
  returns: v.null(),
  handler: async (ctx, { digest, executions, lines }) => {
    const now = Date.now();
    if (!(await takeBatchOnce(ctx, `${digest}/performance`, now))) return null;
    const own = executions.filter(({ component }) => component === null);
    const notes = notedCalls(lines);
    for (const tally of tallyFunctions(own, notes)) {
      await addToFunctionDay(ctx, tally);
      sayOverruns(tally);
    }
    for (const [name, use] of tallyTenants(own, notes)) {
      const tenant = ctx.platform.normalizeId("tenants", name);
      if (tenant !== null) await addTenantUsage(ctx, tenant, use, now);
    }
    if (executions.length > 0) {
      await addTenantUsage(ctx, undefined, tallyPlatform(executions), now);
    }
    return null;
  },
});

/** Removes figures that are older than 90 days, a batch a run. Every night. */
export const sweep = systemMutation({
  args: {},
  returns: v.number(),
  handler: async ({ platform, schedule }) => {
    const before = startOfDay(Date.now()) - KEPT_DAYS * DAY_MS;
    const oldUsage = async (scope: "company" | "platform") =>
      await platform
        .query("tenantUsage")
        .withIndex("by_scope_period_cost", (q) => q.eq("scope", scope).lt("period", dayOf(before)))
        .take(SWEPT_AT_ONCE);
    const functions = await platform
      .query("functionDays")
      .withIndex("by_day_path", (q) => q.lt("day", before))
      .take(SWEPT_AT_ONCE);
    const companies = await oldUsage("company");
    const whole = await oldUsage("platform");
    for (const { _id } of functions) await platform.delete("functionDays", _id);
    for (const { _id } of [...companies, ...whole]) await platform.delete("tenantUsage", _id);
    const swept = functions.length + companies.length + whole.length;
    if (Math.max(functions.length, companies.length) === SWEPT_AT_ONCE) {
      await schedule.after(0, internal.telemetry.performance.sweep, {});
    }
    return swept;
  },
});

function sayOverruns({ path, kind, overruns }: FunctionTally): void {
  if (overruns.length === 0) return;
  const worst = overruns.reduce((a, b) => (b.documents > a.documents ? b : a));
  const budget = runBudget(path, kind, 0);
  console.warn(JSON.stringify({ sunup: "overrun", path, times: overruns.length, worst, budget }));
}
