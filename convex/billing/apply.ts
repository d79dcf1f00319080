import { givesPlan, isOverdue, OVERDUE_DAYS } from "../../lib/billing";
import { DAY_MS } from "../../lib/days";
import { planInForce } from "../../lib/entitlements";
import { PLANS, type PlanId } from "../../lib/plans";
import { isShut, TRIAL_REMINDER_DAYS } from "../../lib/tenantStatus";
import { internal } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import { mailAdministrators } from "../model/administratorMail";
import { changesBetween, recordAudit, SYSTEM } from "../model/audit";
import { type LifeCtx, setPastDue } from "../model/tenantStatus";
import type { BillingSnapshot, Subscription } from "../tables/billing";
import { findAccount } from "./account";

export type BillingCtx = LifeCtx<Partial<Doc<"tenants">>>;

/** What a read of Stripe led to, in a sentence for the log; `changed` when the company's plan or status did. */
export type Applied = { changed: boolean; detail: string };

/**
 * Writes what was read of Stripe, and lets the company's plan and status follow. Reads are
 * numbered as they begin: whatever had happened when the last one began, it has seen, so one
 * that began earlier never writes after it.
 */
export async function applySnapshot(
  ctx: BillingCtx,
  read: number,
  snapshot: BillingSnapshot,
  now: number,
): Promise<Applied> {
  const account = await findAccount(ctx.db);
  if (account?.customer !== snapshot.customer) {
    return { changed: false, detail: "The company has another customer by now." };
  }
  if (read <= account.readWritten) {
    return { changed: false, detail: "A later state is stored already." };
  }
  const { subscription, deleted } = snapshot;
  await ctx.db.patch("billingAccounts", account._id, {
    readWritten: read,
    syncedAt: now,
    subscription: subscription ?? undefined,
    problem: problemOf(ctx.tenant, snapshot),
    // The invoices of a customer who was deleted stay to be seen.
    ...(deleted ? { customer: undefined } : { invoices: snapshot.invoices }),
  });
  const changed = await followPayment(ctx, snapshot, now);
  if (changed || subscription?.status !== account.subscription?.status) {
    await ctx.schedule.after(0, internal.tenantSummaries.count, {});
  }
  await sendMails(ctx, snapshot, now);
  return { changed, detail: wordsFor(snapshot) };
}

/** Plan, trial and "past due" follow from the subscription, whatever they were. True when one changed. */
async function followPayment(
  ctx: BillingCtx,
  { subscription }: BillingSnapshot,
  now: number,
): Promise<boolean> {
  const { tenant, patchTenant, schedule } = ctx;
  const paid = inForce(subscription);
  const plan = planInForce(tenant, paid);
  const endsTrial = paid !== null && tenant.trialEndsAt !== undefined;
  const hadTrial = endsTrial || paid?.trialEnd !== undefined;
  if (plan !== tenant.plan || endsTrial || (hadTrial && !tenant.trialUsed)) {
    await patchTenant({
      plan,
      ...(endsTrial ? { trialEndsAt: undefined } : {}),
      ...(hadTrial ? { trialUsed: true } : {}),
    });
  }
  if (plan !== tenant.plan) {
    await recordAudit(ctx, {
      action: "company.planChanged",
      actor: SYSTEM,
      subject: tenant.name,
      changes: changesBetween({ plan: PLANS[tenant.plan].name }, { plan: PLANS[plan].name }),
      reason: paid ? "The subscription is in force." : "There is no subscription any more.",
    });
  }
  const overdue = paid !== null && isOverdue(paid.status);
  if (overdue !== (tenant.pastDueSince !== undefined)) {
    await setPastDue(ctx, overdue ? now : null);
    if (overdue) {
      await schedule.at(now + OVERDUE_DAYS * DAY_MS, internal.billing.ending.advance, {});
    }
    return true;
  }
  return plan !== tenant.plan || endsTrial;
}

function inForce(subscription: Subscription | null): Subscription | null {
  return subscription && givesPlan(subscription.status) ? subscription : null;
}

function problemOf({ planGrant }: Doc<"tenants">, snapshot: BillingSnapshot): string | undefined {
  const paid = inForce(snapshot.subscription);
  if (snapshot.surplus > 0) return `It pays for ${snapshot.surplus + 1} subscriptions.`;
  if (paid?.plan === null) return `It pays a price that Sunup does not know: ${paid.price}.`;
  if (paid && planGrant) {
    return `Sunup gave it ${PLANS[planGrant.plan].name}, and it pays for a subscription, too.`;
  }
  return undefined;
}

/** Mails that the state itself asks for; each goes out once, however often the state is read. */
async function sendMails(
  ctx: BillingCtx,
  { subscription, invoices }: BillingSnapshot,
  now: number,
): Promise<void> {
  const { tenant } = ctx;
  if (subscription === null || isShut(tenant.status)) return;
  const companyName = tenant.name;
  const { id, status, plan, trialEnd, cancelAt } = subscription;
  const planName = PLANS[plan ?? "pro"].name;
  const unpaid = invoices.find((each) => each.status === "open" && each.attempts > 0);
  if (isOverdue(status) && unpaid) {
    await mailAdministrators(ctx, `paymentFailed/${unpaid.id}/${unpaid.attempts}`, {
      kind: "paymentFailed",
      data: {
        companyName,
        amountCents: unpaid.amountCents,
        nextAttemptAt: unpaid.nextAttemptAt,
      },
    });
  }
  const isNear = trialEnd !== undefined && trialEnd - now <= TRIAL_REMINDER_DAYS * DAY_MS;
  if (status === "trialing" && isNear && cancelAt === undefined) {
    await mailAdministrators(ctx, `trialEnding/${id}/${trialEnd}`, {
      kind: "trialCharging",
      data: { companyName, planName, endsAt: trialEnd, amountCents: monthlyCents(plan) },
    });
  }
  if (status === "canceled") {
    await mailAdministrators(ctx, `planEnded/${id}`, {
      kind: "planEnded",
      data: { companyName, planName },
    });
  }
}

function monthlyCents(plan: PlanId | null): number {
  return 100 * (PLANS[plan ?? "pro"].pricePerMonthUsd ?? 0);
}

function wordsFor({ deleted, subscription }: BillingSnapshot): string {
  if (deleted) return "The customer was deleted at Stripe.";
  if (subscription === null) return "The company has no subscription.";
  return `The subscription is ${subscription.status}.`;
}
