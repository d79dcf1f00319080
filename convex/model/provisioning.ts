import { normalizeEmail } from "../../lib/email";
import { slugCandidates } from "../../lib/slug";
import { type PlanId, planAtSignup } from "../../lib/plans";
import { ADMINISTRATOR } from "../../lib/roles";
import { DEFAULT_TIME_ZONE } from "../../lib/timeZones";
import { periodOf, USAGE_METRICS } from "../../lib/usage";
import { DEFAULT_CAMPAIGN_NAME, DEFAULT_STAGES } from "../../lib/stages";
import type { Doc, Id } from "../_generated/dataModel";
import { recordAudit, SYSTEM } from "./audit";
import { newCampaign } from "./campaigns";
import { newSummary } from "./tenantSummaries";
import { scheduleTrialEnd } from "./trial";
import { queueEmail } from "../emails/queue";
import type { SystemCtx } from "../tenancy/functions";
import { noteChange } from "../tenancy/platformChanges";

/** A verified Clerk user and the company that they asked for. */
export type Founder = {
  clerkUserId: string;
  email: string;
  name: string;
  companyName: string;
  plan: PlanId;
  /** Clerk's `updated_at` of the profile, milliseconds. */
  profileUpdatedAt: number;
};

/**
 * The company of a new user, with all that it starts with, in one transaction: all or
 * nothing. A user who has a company already gets that one back, so it may be called
 * any number of times, by the webhook and by the browser at the same moment: the two
 * meet on `members.by_clerkUserId`, where the database lets one of them through first.
 */
export async function provisionTenant(
  ctx: SystemCtx,
  founder: Founder,
  now: number,
): Promise<Id<"tenants">> {
  const existing = await ctx.findMember(founder.clerkUserId);
  if (existing !== null) return existing.tenantId;

  const plan = planAtSignup(founder.plan, now);
  const tenantId = await ctx.platform.insert("tenants", {
    name: founder.companyName,
    slug: await freeSlug(ctx, founder.companyName),
    status: "active",
    ...plan,
  });
  const row = await ctx.platform.get("tenants", tenantId);
  if (row) {
    await ctx.platform.insert("tenantSummaries", newSummary(row, normalizeEmail(founder.email)));
    await noteChange(ctx.platform, tenantId);
  }
  // Opens a tenant: the one that has just been made, to fill it in the same transaction.
  const tenant = ctx.forTenant(tenantId);
  const { db } = tenant;
  if (plan.trialEndsAt !== undefined) await scheduleTrialEnd(tenant, plan.trialEndsAt, now);
  await db.insert("members", {
    clerkUserId: founder.clerkUserId,
    email: normalizeEmail(founder.email),
    name: founder.name,
    roles: [ADMINISTRATOR],
    primaryRole: ADMINISTRATOR,
    status: "active",
    profileUpdatedAt: founder.profileUpdatedAt,
  });
  for (const [order, stage] of DEFAULT_STAGES.entries()) {
    await db.insert("pipelineStages", { ...stage, order });
  }
  await db.insert("campaigns", newCampaign(DEFAULT_CAMPAIGN_NAME, { isDefault: true }));
  for (const metric of USAGE_METRICS) {
    const value = metric === "users" ? 1 : 0;
    await db.insert("usage", { period: periodOf(metric, now, DEFAULT_TIME_ZONE), metric, value });
  }
  await recordAudit(tenant, {
    action: "company.created",
    actor: SYSTEM,
    subject: founder.companyName,
  });
  await queueEmail(tenant, {
    to: founder.email,
    idempotencyKey: `welcome/${founder.clerkUserId}`,
    message: {
      kind: "welcome",
      data: { name: founder.name, companyName: founder.companyName },
    },
  });
  return tenantId;
}

async function freeSlug(ctx: SystemCtx, companyName: string): Promise<Doc<"tenants">["slug"]> {
  for (const slug of slugCandidates(companyName, Math.random)) {
    const taken = await ctx.platform
      .query("tenants")
      .withIndex("by_slug", (q) => q.eq("slug", slug))
      .first();
    if (taken === null) return slug;
  }
  throw new Error("slugCandidates never ends");
}
