import { sunupError } from "../../lib/errors";
import { TEXT_LIMITS } from "../../lib/limits";
import { PLANS } from "../../lib/plans";
import type { StaffAction } from "../../lib/staff";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { SystemCtx } from "../tenancy/functions";
import { changesBetween } from "./audit";
import { recordStaffAction, staffActor } from "./staffAudit";
import { countTenant, summaryOf } from "./tenantSummaries";
import { type By, dayOf } from "./tenantStatus";

/** What every step that staff take with a company says: which, what they saw of it, and why. */
export type TenantStep = {
  tenantId: Id<"tenants">;
  /** The revision of the company's summary that they had before their eyes. */
  revision: number;
  reason: string;
};

type StaffCtx = Pick<SystemCtx, "platform" | "forTenant" | "schedule"> & {
  staff: Doc<"staff">;
  tenantX: (tenantId: Id<"tenants">) => Promise<Doc<"tenants">>;
};

/** What a step can use of the company: its row, its database, its schedule. */
export type OpenTenant = ReturnType<SystemCtx["forTenant"]> & { tenant: Doc<"tenants"> };

type Changes = Doc<"staffAudit">["changes"];

/**
 * Takes a step with a company on behalf of staff: refused when another of the staff changed it
 * meanwhile, and kept in the platform's trail; `take` leaves its line in the company's own.
 * A step that changes nothing leaves none. Throws NOT_FOUND, STALE, INVALID (reason), and what
 * `take` throws.
 */
export async function takeStep(
  ctx: StaffCtx,
  { tenantId, revision, reason }: TenantStep,
  action: StaffAction,
  take: (open: OpenTenant, by: By & { reason: string; name: string }) => Promise<Changes | void>,
): Promise<void> {
  const { staff, platform } = ctx;
  const tenant = await ctx.tenantX(tenantId);
  const summary = await requireUnchanged(ctx, tenantId, revision);
  // Opens a tenant: the one that staff named, for a step that both trails keep.
  const open = { ...ctx.forTenant(tenantId), tenant };
  const by = { actor: staffActor(staff), name: staff.name, reason: requireReason(reason) };
  const named = await take(open, by);
  const changes = named ?? changesBetween(lifeOf(tenant), lifeOf(await ctx.tenantX(tenantId)));
  if (changes.length === 0) return;
  await platform.patch("tenantSummaries", summary._id, {
    revision: revision + 1,
    changedBy: staff.name,
  });
  const line = { action, tenant: tenantId, subject: tenant.name, changes, reason: by.reason };
  await recordStaffAction(ctx, staff, line);
  await ctx.schedule.after(0, internal.tenantSummaries.count, { tenantId });
}

/** What of a company's row a step of its life changes, as a person reads it. */
function lifeOf({ status, plan, trialEndsAt, closing }: Doc<"tenants">) {
  return {
    status,
    plan: PLANS[plan].name,
    "trial ends": dayOf(trialEndsAt),
    "closes on": dayOf(closing?.closesAt),
  };
}

async function requireUnchanged(
  ctx: StaffCtx,
  tenantId: Id<"tenants">,
  revision: number,
): Promise<Doc<"tenantSummaries">> {
  let summary = await summaryOf(ctx, tenantId);
  if (summary === null) {
    await countTenant(ctx, tenantId, { now: Date.now(), active: false });
    summary = await summaryOf(ctx, tenantId);
  }
  if (summary === null) throw sunupError("NOT_FOUND");
  if (summary.revision === revision) return summary;
  throw sunupError("STALE", {
    message: `${summary.changedBy ?? "Somebody else"} changed this company while you were at it.`,
  });
}

function requireReason(given: string): string {
  const reason = given.trim();
  if (reason !== "" && reason.length <= TEXT_LIMITS.reason) return reason;
  throw sunupError("INVALID", {
    field: "reason",
    message: `Give a reason of at most ${TEXT_LIMITS.reason} characters.`,
  });
}
