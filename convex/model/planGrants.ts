import { givesPlan } from "../../lib/billing";
import { planInForce } from "../../lib/entitlements";
import { type PlanId, PLANS } from "../../lib/plans";
import { findAccount } from "../billing/account";
import { internal } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";
import { changesBetween, recordAudit, SYSTEM } from "./audit";
import { requireFuture } from "./staffExpiry";
import { type By, dayOf } from "./tenantStatus";

/**
 * A plan that Sunup's staff give a company, whatever it pays for. One scheduled job ends it; it
 * knows its grant by the moment it ends at, so the job of a grant that was changed finds nothing
 * to do. Only the plan changes: no row of the company is touched.
 */
type GrantCtx = TenantWriteCtx & {
  tenant: Doc<"tenants">;
  patchTenant: (
    change: Partial<Pick<Doc<"tenants">, "plan" | "planGrant" | "trialEndsAt" | "trialUsed">>,
  ) => Promise<void>;
};

type Change = Doc<"auditLog">["changes"];

/**
 * Gives the company a plan, in place of one that was given before; a trial is over with it.
 * Answers with what changed. Throws INVALID (expiresAt).
 */
export async function grantPlan(
  ctx: GrantCtx,
  { plan, expiresAt }: { plan: PlanId; expiresAt?: number },
  by: By & { reason: string; name: string },
  now: number,
): Promise<Change> {
  requireFuture(expiresAt, now);
  const { tenant, patchTenant, schedule } = ctx;
  await patchTenant({
    plan,
    planGrant: { plan, reason: by.reason, by: by.name, at: now, expiresAt },
    ...(tenant.trialEndsAt === undefined ? {} : { trialEndsAt: undefined, trialUsed: true }),
  });
  if (expiresAt !== undefined) {
    await schedule.at(expiresAt, internal.tenantLifecycle.advancePlanGrant, { expiresAt });
  }
  return await recordPlan(ctx, { plan, expiresAt }, by);
}

/** Takes the given plan back: the company has what it pays for again. Without one it does nothing. */
export async function endPlanGrant(ctx: GrantCtx, by: By): Promise<Change> {
  const { db, tenant, patchTenant } = ctx;
  if (tenant.planGrant === undefined) return [];
  const subscription = (await findAccount(db))?.subscription;
  const paid = subscription && givesPlan(subscription.status) ? subscription : null;
  const plan = planInForce({ ...tenant, planGrant: undefined }, paid);
  await patchTenant({ plan, planGrant: undefined });
  return await recordPlan(ctx, { plan }, by);
}

/** Ends the given plan that ends at `expiresAt`. */
export async function advancePlanGrant(
  ctx: GrantCtx,
  expiresAt: number,
  now: number,
): Promise<void> {
  if (ctx.tenant.planGrant?.expiresAt !== expiresAt || now < expiresAt) return;
  await endPlanGrant(ctx, { actor: SYSTEM, reason: "The time for which Sunup gave it is over." });
}

async function recordPlan(
  ctx: GrantCtx,
  after: { plan: PlanId; expiresAt?: number },
  { actor, reason }: By,
): Promise<Change> {
  const { tenant } = ctx;
  const changes = changesBetween(
    { plan: PLANS[tenant.plan].name, "given until": dayOf(tenant.planGrant?.expiresAt) },
    { plan: PLANS[after.plan].name, "given until": dayOf(after.expiresAt) },
  );
  await recordAudit(ctx, {
    action: "company.planChanged",
    actor,
    subject: tenant.name,
    changes,
    ...(reason ? { reason } : {}),
  });
  return changes;
}
