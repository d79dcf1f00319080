import { givesPlan } from "../../lib/billing";
import { entitlementsOf } from "../../lib/entitlements";
import { PLANS } from "../../lib/plans";
import { NAMED_ADMINISTRATORS } from "../../lib/tenantSummaries";
import { limitOf, type Usage, USAGE_METRICS } from "../../lib/usage";
import { findAccount } from "../billing/account";
import type { Doc, Id } from "../_generated/dataModel";
import type { SystemCtx } from "../tenancy/functions";
import type { ScopedReader } from "../tenancy/scopedDb";
import { noteChange } from "../tenancy/platformChanges";
import { copiedOf } from "../tenancy/tenantSummary";
import { administratorsOf } from "./administrators";
import { noteStoredBytes } from "./telemetry/tenantUsage";
import { readUsage } from "./usage";
import { usageHistory } from "./usageHistory";

/** Figures younger than this stand, in milliseconds: many members may begin their hour at once. */
export const FRESH_MS = 5 * 60_000;

/** More stages than a company has had; keeps the read bounded. */
const MAX_STAGES = 500;

/** More people than any company has; keeps the read bounded. */
const MAX_MEMBERS = 2_000;

/** The summary of a company that has just been made, for which nothing has happened yet. */
export function newSummary(tenant: Doc<"tenants">, administrator: string) {
  const { _id, _creationTime } = tenant;
  return {
    tenant: _id,
    ...copiedOf(tenant, [administrator]),
    createdAt: _creationTime,
    administrators: [administrator],
    members: 1,
    projects: 0,
    usage: USAGE_METRICS.map((metric) => ({ metric, used: metric === "users" ? 1 : 0 })),
    leadMonths: [],
    webhookSubjects: [],
    overLimit: false,
    usagePercent: 0,
    mrrCents: 0,
    lastActivityAt: _creationTime,
    countedAt: _creationTime,
    revision: 0,
  };
}

type Ctx = Pick<SystemCtx, "platform" | "forTenant">;

/** The summary of a company, or null before its figures were first counted. */
export async function summaryOf(
  { platform }: { platform: Pick<SystemCtx["platform"], "query"> },
  tenantId: Id<"tenants">,
): Promise<Doc<"tenantSummaries"> | null> {
  return await platform
    .query("tenantSummaries")
    .withIndex("by_tenant", (q) => q.eq("tenant", tenantId))
    .unique();
}

/**
 * Counts a company's figures anew, unless that was done just now; `active` when somebody works
 * there. Says whether that was the company's first count, before which little can have been done.
 */
export async function countTenant(
  ctx: Ctx,
  tenantId: Id<"tenants">,
  { now, active }: { now: number; active: boolean },
): Promise<boolean> {
  const summary = await summaryOf(ctx, tenantId);
  // Provisioning writes the first summary without counting.
  const counted = summary !== null && summary.countedAt !== summary.createdAt;
  if (active && counted && now - summary.countedAt < FRESH_MS) return false;
  const tenant = await ctx.platform.get("tenants", tenantId);
  if (tenant === null || tenant.erasingSince !== undefined) return false;
  // Opens a tenant: the one that is counted, of which nothing but figures and addresses is kept.
  const { db } = ctx.forTenant(tenantId);
  const named = await administratorsOf(db, NAMED_ADMINISTRATORS);
  const account = await findAccount(db);
  const administrators = named.map(({ email }) => email);
  const known = summary ?? newSummary(tenant, administrators[0] ?? "");
  const figures = {
    ...copiedOf(tenant, administrators),
    administrators,
    ...(await usageFigures(db, tenant, now)),
    members: await countMembers(db),
    projects: await countProjects(db),
    ...paymentFigures(account),
    webhookSubjects: [
      ...(account?.customer ? [{ source: "stripe" as const, subject: account.customer }] : []),
      ...named.map(({ clerkUserId }) => ({ source: "clerk" as const, subject: clerkUserId })),
    ],
    lastActivityAt: active ? now : known.lastActivityAt,
    countedAt: now,
  };
  if (summary === null) await ctx.platform.insert("tenantSummaries", { ...known, ...figures });
  else await ctx.platform.patch("tenantSummaries", summary._id, figures);
  const stored = figures.usage.find(({ metric }) => metric === "storageBytes")?.used ?? 0;
  await noteStoredBytes(ctx, tenantId, stored, now);
  await noteChange(ctx.platform, tenantId);
  return active && !counted;
}

async function usageFigures(db: ScopedReader, tenant: Doc<"tenants">, now: number) {
  const { limits } = entitlementsOf(tenant, now);
  const usage = await Promise.all(
    USAGE_METRICS.map(async (metric) => ({
      metric,
      used: (await readUsage({ db, tenant }, metric, now)).used,
      limit: limitOf(limits, metric),
    })),
  );
  return {
    usage: usage.map(({ metric, used }) => ({ metric, used })),
    leadMonths: await usageHistory(db, "leads"),
    overLimit: usage.some(({ used, limit }) => limit !== null && used > limit),
    usagePercent: Math.max(0, ...usage.map(percentOf)),
  };
}

/** How full a limit is; what has none, or allows nothing, is not full. */
function percentOf({ used, limit }: Usage): number {
  return limit === null || limit === 0 ? 0 : Math.round((100 * used) / limit);
}

async function countMembers(db: ScopedReader): Promise<number> {
  const active = await db
    .query("members")
    .withIndex("by_tenant_status_roles", (q) => q.eq("status", "active"))
    .take(MAX_MEMBERS);
  return active.length;
}

async function countProjects(db: ScopedReader): Promise<number> {
  const stages = await db.query("stageTotals").withIndex("by_tenant_stage").take(MAX_STAGES);
  return stages.reduce((sum, { projects }) => sum + projects, 0);
}

/** What the company pays a month; a trial at Stripe pays nothing yet. */
function paymentFigures(account: Doc<"billingAccounts"> | null) {
  const subscription = account?.subscription;
  const pays = subscription && givesPlan(subscription.status) && subscription.status !== "trialing";
  const monthlyUsd = pays ? (PLANS[subscription.plan ?? "pro"].pricePerMonthUsd ?? 0) : 0;
  return { mrrCents: 100 * monthlyUsd, billingProblem: account?.problem };
}
