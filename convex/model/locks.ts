import { sunupError } from "../../lib/errors";
import { ADMINISTRATOR } from "../../lib/roles";
import type { Doc, Id } from "../_generated/dataModel";
import type { StaffCtx } from "../tenancy/functions";
import { isLastAdministrator, noteAdministratorLost } from "./administrators";
import { recordAudit } from "./audit";
import { requireReason } from "./reason";
import { recordStaffAction, staffActor } from "./staffAudit";
import { freeUsage, tryTakeUsage } from "./usage";

/** A member of a company, as staff name one. */
export type NamedMember = { tenantId: Id<"tenants">; memberId: Id<"members"> };

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
  const reason = requireReason(given);
  // Opens a tenant: the one of the member whom staff lock, with a reason that both trails keep.
  const own = ctx.forTenant(tenantId);
  const { db } = own;
  const member = await db.getX("members", memberId);
  if (member.lock !== undefined) {
    throw sunupError("CONFLICT", { message: `${member.name}'s account is locked already.` });
  }
  const wasActive = member.status === "active";
  const wasLast = await isLastAdministrator(db, member);
  await db.patch("members", memberId, {
    ...{ status: "deactivated", lock: { since: now, reason, wasActive } },
  });
  if (wasActive) await freeUsage(db, "users", 1);
  await tell(ctx, own, member, "member.locked", reason);
  if (wasLast) await noteAdministratorLost(own, member, now);
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
  const reason = requireReason(given);
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
  await tell(ctx, own, member, "member.unlocked", reason);
}

async function tell(
  ctx: StaffCtx,
  { db }: ReturnType<StaffCtx["forTenant"]>,
  { name: subject, tenantId }: Doc<"members">,
  action: "member.locked" | "member.unlocked",
  reason: string,
): Promise<void> {
  await recordAudit({ db }, { action, actor: staffActor(ctx.staff), subject, reason });
  await recordStaffAction(ctx, ctx.staff, { action, tenant: tenantId, subject, reason });
}
