import { pick } from "convex-helpers";
import { sunupError } from "../../lib/errors";
import { staffMay } from "../../lib/staff";
import { type EntryAccess, type EntryEnding, ENTRY_MS, REQUEST_MS } from "../../lib/staffEntry";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MemberCtx, StaffCtx, TenantWriteCtx } from "../tenancy/functions";
import { administratorsOf } from "./administrators";
import { mailAdministrators } from "./administratorMail";
import { type AuditActor, actorOf, recordAudit, SYSTEM } from "./audit";
import { notify } from "./notify";
import { requireReason } from "./reason";
import { recordStaffAction, staffActor } from "./staffAudit";
import { consentRequired } from "./supportConsent";
import { noteStaffEntry } from "./telemetry/security";

type Entry = Doc<"staffEntries">;

/** An entry as its company's administrators and the staff member see it. */
export function shownEntry(entry: Entry) {
  return pick(entry, [
    ...(["_id", "_creationTime", "staffName", "access", "reason", "state", "endsAt"] as const),
    ...(["openedAt", "endedAt", "ending", "decidedBy"] as const),
  ]);
}

/**
 * Lets a staff member into a company, or, where its administrators want to be asked, asks them.
 * They are told either way. Throws NOT_FOUND, INVALID (reason), FORBIDDEN (changes, of support),
 * CONFLICT (in a company already, or waiting for one).
 */
export async function enter(
  ctx: StaffCtx,
  tenantId: Id<"tenants">,
  wish: { access: EntryAccess; reason: string },
  now: number,
): Promise<"requested" | "open"> {
  const { staff } = ctx;
  const reason = requireReason(wish.reason);
  if (wish.access === "write" && !staffMay(staff.level, "operator")) {
    throw sunupError("FORBIDDEN", {
      message: "Support can look into a company, not change it.",
      nextStep: "Enter to look, or ask an operator.",
    });
  }
  const tenant = await ctx.tenantX(tenantId);
  await requireFree(ctx, now);
  // Opens a tenant: the one that staff name, with a reason that both trails keep.
  const own = ctx.forTenant(tenantId);
  const state = (await consentRequired(own.db)) ? "requested" : "open";
  const endsAt = now + (state === "open" ? ENTRY_MS : REQUEST_MS);
  const entryId = await own.db.insert("staffEntries", {
    ...{ staffId: staff._id, staffName: staff.name, access: wish.access, reason, state, endsAt },
    ...(state === "open" ? { openedAt: now } : {}),
  });
  await own.schedule.at(endsAt, internal.staff.entries.expire, { entryId });
  const changes = [{ field: "access", before: "", after: wish.access }];
  const actor = staffActor(staff);
  const action = state === "open" ? "entered" : "entryRequested";
  await recordStaffAction(ctx, staff, {
    ...{ action: `company.${action}`, tenant: tenantId, subject: tenant.name, changes, reason },
  });
  await recordAudit(own, {
    ...{ action: `support.${action}`, actor, subject: tenant.name, changes, reason },
  });
  await tellAdministrators({ ...own, tenant }, actor, { _id: entryId, state, reason });
  if (state === "open") await noteStaffEntry(ctx, staff, tenant, now);
  return state;
}

/** Ends the staff member's own stay, or takes their request back; without one it does nothing. */
export async function leave(ctx: StaffCtx, now: number): Promise<void> {
  const entry = await ctx.liveEntry();
  if (entry !== null) await end(ctx, entry, { ending: "left", by: staffActor(ctx.staff) }, now);
}

/** Ends what of a former staff member's is still open, so that being staff again does not revive it. */
export async function endOfStaff(
  ctx: Pick<StaffCtx, "platform" | "forTenant">,
  entry: Entry,
  now: number,
): Promise<void> {
  await end(ctx, entry, { ending: "noLongerStaff", by: SYSTEM }, now);
}

/** Ends an entry whose time is over; one that goes on, or ended before, stays. Safe to repeat. */
export async function expire(
  ctx: Pick<StaffCtx, "platform" | "forTenant">,
  { tenantId, entryId }: { tenantId: Id<"tenants">; entryId: Id<"staffEntries"> },
  now: number,
): Promise<void> {
  // Opens a tenant: the one that the entry was into.
  const entry = await ctx.forTenant(tenantId).db.get("staffEntries", entryId);
  if (entry === null || entry.state === "ended" || entry.endsAt > now) return;
  const ending = entry.state === "open" ? "expired" : "unanswered";
  await end(ctx, entry, { ending, by: SYSTEM }, now);
}

/** Lets in whoever waits; their time starts now. Throws NOT_FOUND, CONFLICT (answered, or taken back). */
export async function grant(
  ctx: MemberCtx,
  entryId: Id<"staffEntries">,
  now: number,
): Promise<void> {
  const { db, member, schedule, tenant } = ctx;
  const entry = await requestX(ctx, entryId, now);
  const endsAt = now + ENTRY_MS;
  await db.patch("staffEntries", entryId, {
    ...{ state: "open", openedAt: now, endsAt, decidedBy: member.name },
  });
  await schedule.at(endsAt, internal.staff.entries.expire, { entryId });
  await recordAudit(ctx, {
    action: "support.granted",
    ...{ actor: actorOf(member), subject: entry.staffName, reason: entry.reason },
  });
  await schedule.after(0, internal.staff.entries.tell, {
    ...{ entryId, action: "company.entryGranted", subject: tenant.name },
  });
}

/** Refuses whoever waits. Throws NOT_FOUND, CONFLICT (answered, or taken back). */
export async function refuse(
  ctx: MemberCtx,
  entryId: Id<"staffEntries">,
  now: number,
): Promise<void> {
  const entry = await requestX(ctx, entryId, now);
  await endByCompany(ctx, entry, "refused", now);
}

/** Sends out whoever is in; whoever is out already stays out. Throws NOT_FOUND. */
export async function sendOut(
  ctx: MemberCtx,
  entryId: Id<"staffEntries">,
  now: number,
): Promise<void> {
  const entry = await ctx.db.getX("staffEntries", entryId);
  if (entry.state === "open") await endByCompany(ctx, entry, "endedByCompany", now);
}

async function requestX(
  { db }: MemberCtx,
  entryId: Id<"staffEntries">,
  now: number,
): Promise<Entry> {
  const entry = await db.getX("staffEntries", entryId);
  if (entry.state === "requested" && entry.endsAt > now) return entry;
  throw sunupError("CONFLICT", { message: "This request was answered or taken back already." });
}

async function endByCompany(
  ctx: MemberCtx,
  entry: Entry,
  ending: "refused" | "endedByCompany",
  now: number,
): Promise<void> {
  const { db, member, schedule, tenant } = ctx;
  await db.patch("staffEntries", entry._id, {
    ...{ state: "ended", endedAt: now, ending, decidedBy: member.name },
  });
  await recordAudit(ctx, {
    action: ending === "refused" ? "support.refused" : "support.ended",
    ...{ actor: actorOf(member), subject: entry.staffName, reason: entry.reason },
  });
  const action = ending === "refused" ? "company.entryRefused" : "company.entryEnded";
  await schedule.after(0, internal.staff.entries.tell, {
    ...{ entryId: entry._id, action, subject: tenant.name },
  });
}

/** Ends an entry from the platform's side, with a line in both trails. */
async function end(
  ctx: Pick<StaffCtx, "platform" | "forTenant">,
  { _id, tenantId, staffId, staffName, reason }: Entry,
  { ending, by }: { ending: EntryEnding; by: AuditActor },
  now: number,
): Promise<void> {
  // Opens a tenant: the one that the entry was into.
  const { db } = ctx.forTenant(tenantId);
  await db.patch("staffEntries", _id, { state: "ended", endedAt: now, ending });
  const changes = [{ field: "ended", before: "", after: ENDING_TEXT[ending] }];
  await recordAudit(
    { db },
    { action: "support.ended", actor: by, subject: staffName, changes, reason },
  );
  const tenant = await ctx.platform.get("tenants", tenantId);
  await recordStaffAction(
    ctx,
    { _id: staffId as Id<"staff">, name: staffName },
    {
      action: ending === "left" ? "company.left" : "company.entryEnded",
      ...{ tenant: tenantId, subject: tenant?.name ?? "", changes, reason },
    },
  );
}

const ENDING_TEXT: Record<EntryEnding, string> = {
  left: "left",
  expired: "time was up",
  endedByCompany: "ended by the company",
  refused: "refused",
  unanswered: "not answered in time",
  noLongerStaff: "no longer with Sunup",
};

/** Throws CONFLICT when the staff member is in a company, or waits for one. */
async function requireFree(ctx: StaffCtx, now: number): Promise<void> {
  const live = await ctx.liveEntry();
  if (live === null) return;
  if (live.endsAt <= now) return await expire(ctx, { ...live, entryId: live._id }, now);
  const { name } = await ctx.tenantX(live.tenantId);
  throw sunupError("CONFLICT", {
    message: live.state === "open" ? `You are in ${name}.` : `You are waiting for ${name}.`,
    nextStep: live.state === "open" ? "Leave it first." : "Take that request back first.",
  });
}

async function tellAdministrators(
  ctx: TenantWriteCtx & { tenant: Doc<"tenants"> },
  by: AuditActor,
  { _id: entryId, state, reason }: Pick<Entry, "_id" | "state" | "reason">,
): Promise<void> {
  const asks = state === "requested";
  await notify(
    ctx,
    by,
    (await administratorsOf(ctx.db)).map(({ _id }) => _id),
    {
      kind: asks ? "supportRequested" : "supportEntered",
      ...{ key: entryId, about: ctx.tenant.name, excerpt: reason, subject: { entryId } },
    },
  );
  if (!asks || by.kind !== "staff") return;
  const data = { companyName: ctx.tenant.name, staffName: by.name, reason };
  await mailAdministrators(ctx, `supportRequested/${entryId}`, { kind: "supportRequested", data });
}
