import { DAY_MS } from "../../lib/days";
import { isShut, TRIAL_REMINDER_DAYS } from "../../lib/tenantStatus";
import { sunupError } from "../../lib/errors";
import { PLANS, type PlanId } from "../../lib/plans";
import { internal } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";
import { changesBetween, recordAudit, SYSTEM } from "./audit";
import { mailAdministrators } from "./administratorMail";
import { type By, dayOf } from "./tenantStatus";

/**
 * The end of a trial. One scheduled job reminds and then ends it; it knows its trial by the moment
 * it ends at, so the job of a trial that was extended, or that a paid subscription has replaced,
 * finds nothing to do. Only the plan changes: no row of the company is touched.
 */

/** The plan of a company whose trial is over and who has not paid. */
const PLAN_AFTER_TRIAL: PlanId = "starter";

/** The longest that staff can let a trial run on, in days from now. */
const MAX_TRIAL_DAYS = 180;

type TrialCtx = TenantWriteCtx & {
  tenant: Doc<"tenants">;
  patchTenant: (
    change: Partial<Pick<Doc<"tenants">, "plan" | "trialEndsAt" | "trialUsed">>,
  ) => Promise<void>;
};

/** Schedules a trial's reminder and end. Called with whatever sets `trialEndsAt`. */
export async function scheduleTrialEnd(
  { schedule }: Pick<TenantWriteCtx, "schedule">,
  trialEndsAt: number,
  now: number,
): Promise<void> {
  const reminder = trialEndsAt - TRIAL_REMINDER_DAYS * DAY_MS;
  const next = now < reminder ? reminder : trialEndsAt;
  await schedule.at(next, internal.tenantLifecycle.advanceTrial, { trialEndsAt });
}

/** Does what is due of the trial that ends at `trialEndsAt`: reminds, or ends it. */
export async function advanceTrial(ctx: TrialCtx, trialEndsAt: number, now: number): Promise<void> {
  const { tenant, patchTenant } = ctx;
  if (tenant.trialEndsAt !== trialEndsAt) return;
  if (now < trialEndsAt) {
    if (!isShut(tenant.status)) {
      await mailAdministrators(ctx, `trialEnding/${trialEndsAt}`, {
        kind: "trialEnding",
        data: {
          companyName: tenant.name,
          planName: PLANS[tenant.plan].name,
          endsAt: trialEndsAt,
        },
      });
    }
    return await scheduleTrialEnd(ctx, trialEndsAt, now);
  }
  await patchTenant({ plan: PLAN_AFTER_TRIAL, trialEndsAt: undefined, trialUsed: true });
  await recordAudit(ctx, {
    action: "company.planChanged",
    actor: SYSTEM,
    subject: tenant.name,
    changes: changesBetween(
      { plan: PLANS[tenant.plan].name },
      { plan: PLANS[PLAN_AFTER_TRIAL].name },
    ),
    reason: "The trial ended.",
  });
}

/**
 * Lets a trial of pro end at another moment, or begin again. Throws INVALID (trialEndsAt), and
 * CONFLICT when the company pays for its plan, or was given it.
 */
export async function extendTrial(
  ctx: TrialCtx,
  trialEndsAt: number,
  { actor, reason }: By,
  now: number,
): Promise<void> {
  const { tenant, patchTenant } = ctx;
  if (!(trialEndsAt > now && trialEndsAt <= now + MAX_TRIAL_DAYS * DAY_MS)) {
    throw sunupError("INVALID", {
      field: "trialEndsAt",
      message: `A trial ends between now and ${MAX_TRIAL_DAYS} days from now.`,
    });
  }
  if (tenant.planGrant !== undefined) {
    throw sunupError("CONFLICT", {
      message: "Sunup gave this company its plan. Take that back first.",
    });
  }
  if (tenant.trialEndsAt === undefined && tenant.plan !== PLAN_AFTER_TRIAL) {
    throw sunupError("CONFLICT", { message: "This company is on no trial: it pays for its plan." });
  }
  await patchTenant({ plan: "pro", trialEndsAt });
  await scheduleTrialEnd(ctx, trialEndsAt, now);
  await recordAudit(ctx, {
    action: "company.trialExtended",
    actor,
    subject: tenant.name,
    changes: changesBetween(
      { plan: PLANS[tenant.plan].name, "trial ends": dayOf(tenant.trialEndsAt) },
      { plan: PLANS.pro.name, "trial ends": dayOf(trialEndsAt) },
    ),
    ...(reason ? { reason } : {}),
  });
}
