import { digestOf } from "../../lib/digest";
import { DAY_MS } from "../../lib/days";
import { ERASED_AFTER_DAYS } from "../../lib/erasure";
import { sunupError } from "../../lib/errors";
import { CLOSING_DAYS, isCompanyName, NOT_THE_COMPANY_NAME } from "../../lib/tenantStatus";
import type { Doc, Id } from "../_generated/dataModel";
import type { StaffCtx, SystemCtx } from "../tenancy/functions";
import { beginErasure } from "./erasure";
import { requireReason } from "./reason";
import { recordStaffAction } from "./staffAudit";

/**
 * How an erasure comes about: one of the staff asks for it and a second one confirms, or a company
 * was closed long enough ago. Nothing is touched before that, and a request can be withdrawn.
 */

type Asked = Pick<Doc<"erasures">, "requestedBy" | "requestedByName" | "reason">;

/**
 * Asks for the erasure of a company; one that waits or runs already stays as it is. Throws
 * NOT_FOUND, INVALID (companyName, reason).
 */
export async function requestErasure(
  ctx: StaffCtx,
  asked: { tenantId: Id<"tenants">; companyName: string; reason: string },
  now: number,
): Promise<Id<"erasures">> {
  const tenant = await ctx.tenantX(asked.tenantId);
  if (!isCompanyName(asked.companyName, tenant.name)) {
    throw sunupError("INVALID", { field: "companyName", message: NOT_THE_COMPANY_NAME });
  }
  const reason = requireReason(asked.reason);
  const waiting = await liveErasureOf(ctx, tenant._id);
  if (waiting !== null) return waiting._id;
  const { _id: requestedBy, name: requestedByName } = ctx.staff;
  const line = { action: "erasure.requested" as const, tenant: tenant._id, subject: tenant.name };
  await recordStaffAction(ctx, ctx.staff, { ...line, reason });
  return await newErasure(ctx, tenant, { requestedBy, requestedByName, reason }, now);
}

/**
 * Confirms what somebody else of the staff asked for: it begins at once, and nobody can take it
 * back. Throws NOT_FOUND, CONFLICT (one's own request, withdrawn or begun meanwhile).
 */
export async function confirmErasure(
  ctx: StaffCtx,
  erasureId: Id<"erasures">,
  now: number,
): Promise<void> {
  const erasure = await requestX(ctx, erasureId);
  const { staff } = ctx;
  if (erasure.requestedBy === staff._id) {
    throw sunupError("CONFLICT", {
      message: "You asked for this erasure yourself.",
      nextStep: "Ask somebody else of the staff to look at it and confirm.",
    });
  }
  const tenant = await ctx.tenantX(erasure.tenant);
  const line = { action: "erasure.confirmed" as const, tenant: tenant._id, subject: tenant.name };
  await recordStaffAction(ctx, staff, line);
  const confirmed = { confirmedBy: staff._id, confirmedByName: staff.name, confirmedAt: now };
  await ctx.platform.patch("erasures", erasureId, confirmed);
  await beginErasure(ctx, erasureId, tenant, now);
}

/** Takes a request back that has not begun. Throws NOT_FOUND, CONFLICT. */
export async function withdrawErasure(
  ctx: StaffCtx,
  erasureId: Id<"erasures">,
  now: number,
): Promise<void> {
  const { tenant, companyName: subject } = await requestX(ctx, erasureId);
  await ctx.platform.patch("erasures", erasureId, {
    state: "withdrawn",
    withdrawnByName: ctx.staff.name,
    withdrawnAt: now,
  });
  const line = { action: "erasure.withdrawn" as const, tenant, subject };
  await recordStaffAction(ctx, ctx.staff, line);
}

/** The erasure of a company that waits for a second person or runs, or null. */
export async function liveErasureOf(
  { platform }: { platform: Pick<SystemCtx["platform"], "query"> },
  tenant: Id<"tenants">,
): Promise<Doc<"erasures"> | null> {
  const latest = await platform
    .query("erasures")
    .withIndex("by_tenant", (q) => q.eq("tenant", tenant))
    .order("desc")
    .first();
  return latest?.state === "requested" || latest?.state === "running" ? latest : null;
}

/** Companies that one run begins to erase. */
const BEGUN_AT_ONCE = 10;

/** Begins the erasure of companies that were closed long enough ago. True when there may be more. */
export async function eraseClosedCompanies(ctx: SystemCtx, now: number): Promise<boolean> {
  const before = now - ERASED_AFTER_DAYS * DAY_MS;
  const closed = await ctx.platform
    .query("tenants")
    .withIndex("by_erasing_closed", (q) =>
      q.eq("erasingSince", undefined).gt("closedAt", 0).lte("closedAt", before),
    )
    .take(BEGUN_AT_ONCE);
  for (const tenant of closed) {
    const asked = {
      requestedByName: "The company’s administrator",
      reason: `The company was closed ${CLOSING_DAYS} days after its administrator asked, and not opened again for ${ERASED_AFTER_DAYS} more.`,
    };
    const erasureId = await newErasure(ctx, tenant, asked, now);
    await beginErasure(ctx, erasureId, tenant, now);
  }
  return closed.length === BEGUN_AT_ONCE;
}

/** Digits of the fingerprint by which a certificate is called. */
const NUMBER_LENGTH = 10;

async function newErasure(
  { platform }: Pick<SystemCtx, "platform">,
  { _id: tenant, name: companyName }: Doc<"tenants">,
  asked: Asked,
  now: number,
): Promise<Id<"erasures">> {
  const fingerprint = await digestOf(tenant);
  return await platform.insert("erasures", {
    ...{ tenant, companyName, fingerprint, ...asked, requestedAt: now },
    number: `E-${fingerprint.slice(0, NUMBER_LENGTH).toUpperCase()}`,
    state: "requested",
    ...{ phase: "people", cursor: null, step: 0, failures: 0 },
    ...{ erased: [], nameless: [], files: 0, bytes: 0 },
    ...{ accounts: 0, invitations: 0, customers: 0, jobs: 0 },
    ...{ scanned: 0, found: 0, scans: 0, kept: [] },
  });
}

async function requestX(
  { platform }: Pick<StaffCtx, "platform">,
  erasureId: Id<"erasures">,
): Promise<Doc<"erasures"> & { tenant: Id<"tenants"> }> {
  const erasure = await platform.get("erasures", erasureId);
  if (erasure === null) throw sunupError("NOT_FOUND");
  if (erasure.state !== "requested" || erasure.tenant === undefined) {
    throw sunupError("CONFLICT", { message: `This erasure is ${WORDS[erasure.state]} already.` });
  }
  return { ...erasure, tenant: erasure.tenant };
}

const WORDS = {
  requested: "asked for",
  withdrawn: "withdrawn",
  running: "under way",
  done: "done",
};
