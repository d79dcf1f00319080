import { sunupError } from "../../lib/errors";
import { ADMINISTRATOR } from "../../lib/roles";
import { LOCKABLE_ALERTS } from "../../lib/security";
import type { Doc, Id } from "../_generated/dataModel";
import type { StaffCtx, SystemCtx } from "../tenancy/functions";
import { isLastAdministrator, noteAdministratorLost } from "./administrators";
import { type AuditActor, recordAudit, SYSTEM } from "./audit";
import { requireReason } from "./reason";
import { LOCK_POLICY, recordStaffAction, staffActor, type StaffDoer } from "./staffAudit";
import { freeUsage, tryTakeUsage } from "./usage";

/** A member of a company, as staff name one. */
export type NamedMember = { tenantId: Id<"tenants">; memberId: Id<"members"> };

/** Of one kind and status, the newest of one person; only one is open. */
const MAX_ALERTS = 10;

type Platform = Pick<SystemCtx, "platform">;
type OwnCompany = ReturnType<SystemCtx["forTenant"]>;

/** Who locks or unlocks, and why, as both trails tell it. */
type Deed = { doer: StaffDoer; actor: AuditActor; reason: string; alert?: Id<"securityAlerts"> };

/**
 * Locks a member's account: their access ends at once, in open browsers too, and nobody of the
 * company can turn it on again. The lock stands on the member's own row, so it costs no call
 * anything. Throws NOT_FOUND, INVALID (reason), CONFLICT (locked already).
 */
export async function lockMember(
  ctx: StaffCtx,
  { tenantId, memberId }: NamedMember,
  given: string,
  now: number,
): Promise<void> {
  const deed = { ...deedOf(ctx.staff), reason: requireReason(given) };
  // Opens a tenant: the one of the member whom staff lock, with a reason that both trails keep.
  const own = ctx.forTenant(tenantId);
  const member = await own.db.getX("members", memberId);
  if (member.lock !== undefined) {
    throw sunupError("CONFLICT", { message: `${member.name}'s account is locked already.` });
  }
  await lock(ctx, own, member, deed, now);
}

/** The same, for an alert whose kind locks people by policy. `member` is not locked yet. */
export async function lockByPolicy(
  ctx: Platform,
  own: OwnCompany,
  member: Doc<"members">,
  { reason, alert }: { reason: string; alert: Id<"securityAlerts"> },
  now: number,
): Promise<void> {
  await lock(ctx, own, member, { doer: LOCK_POLICY, actor: SYSTEM, reason, alert }, now);
}

/**
 * Takes the lock away. Whoever had access before has it again, when the plan still has room for
 * them; otherwise an administrator turns it on. Without a lock it does nothing. Throws NOT_FOUND, INVALID.
 */
export async function unlockMember(
  ctx: StaffCtx,
  { tenantId, memberId }: NamedMember,
  given: string,
  now: number,
): Promise<void> {
  const deed = { ...deedOf(ctx.staff), reason: requireReason(given) };
  const tenant = await ctx.tenantX(tenantId);
  // Opens a tenant: the one of the member whom staff unlock, with a reason that both trails keep.
  const own = ctx.forTenant(tenantId);
  const { db } = own;
  const member = await db.getX("members", memberId);
  if (member.lock === undefined) return;
  const returns =
    member.lock.wasActive &&
    member.accountDeletedAt === undefined &&
    (await tryTakeUsage({ db, tenant }, "users", 1, now)) === null;
  await db.patch("members", memberId, {
    lock: undefined,
    ...(returns ? { status: "active" as const } : {}),
  });
  if (returns && member.roles.includes(ADMINISTRATOR)) {
    await own.patchTenant({ withoutAdministratorSince: undefined });
  }
  await showInAlerts(ctx, member, undefined);
  await tell(ctx, own, member, "member.unlocked", deed);
}

async function lock(
  ctx: Platform,
  own: OwnCompany,
  member: Doc<"members">,
  deed: Deed,
  now: number,
): Promise<void> {
  const { db } = own;
  const { reason } = deed;
  const wasActive = member.status === "active";
  const wasLast = await isLastAdministrator(db, member);
  await db.patch("members", member._id, {
    ...{ status: "deactivated", lock: { since: now, reason, wasActive } },
  });
  if (wasActive) await freeUsage(db, "users", 1);
  await showInAlerts(ctx, member, now);
  await tell(ctx, own, member, "member.locked", deed);
  if (wasLast) await noteAdministratorLost(own, member, now);
}

/**
 * The alerts about a person say whether they are locked, since staff see no rows of a company there:
 * the open ones, and the newest of each kind that were acknowledged.
 */
async function showInAlerts(
  { platform }: Platform,
  { clerkUserId }: Doc<"members">,
  lockedSince: number | undefined,
): Promise<void> {
  for (const kind of LOCKABLE_ALERTS) {
    for (const status of ["open", "acknowledged"] as const) {
      const alerts = await platform
        .query("securityAlerts")
        .withIndex("by_kind_subject_status", (q) =>
          q.eq("kind", kind).eq("subject", clerkUserId).eq("status", status),
        )
        .order("desc")
        .take(MAX_ALERTS);
      for (const { _id } of alerts) await platform.patch("securityAlerts", _id, { lockedSince });
    }
  }
}

function deedOf(staff: Doc<"staff">): Pick<Deed, "doer" | "actor"> {
  return { doer: staff, actor: staffActor(staff) };
}

async function tell(
  ctx: Platform,
  { db }: OwnCompany,
  { name: subject, tenantId }: Doc<"members">,
  action: "member.locked" | "member.unlocked",
  { doer, actor, ...why }: Deed,
): Promise<void> {
  await recordAudit({ db }, { action, actor, subject, reason: why.reason });
  await recordStaffAction(ctx, doer, { action, tenant: tenantId, subject, ...why });
}
