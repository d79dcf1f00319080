import { sunupError } from "../../lib/errors";
import { ADMINISTRATOR, type Role } from "../../lib/roles";
import { rolesForm } from "../../lib/team";
import type { Doc, Id } from "../_generated/dataModel";
import type { SystemCtx, TenantWriteCtx } from "../tenancy/functions";
import type { Caller } from "../tenancy/member";
import {
  isLastAdministrator,
  noteAdministratorLost,
  requireAnotherAdministrator,
} from "./administrators";
import { actorOf, changesBetween, recordAudit, SYSTEM } from "./audit";
import { requireMayGrant } from "./invitations";
import { parseOrInvalid } from "./invalid";
import { freeUsage, takeUsage } from "./usage";

type CallerCtx = TenantWriteCtx & Caller;

/** Roles for a member, not yet checked; `seen` are those that the chooser had before their eyes. */
export type RolesChange = { roles: Role[]; primaryRole: Role; seen: Role[] };

/**
 * Gives a member other roles; open browsers follow at once. Throws NOT_FOUND, INVALID,
 * STALE (another one changed them meanwhile), FORBIDDEN, CONFLICT (the last administrator).
 */
export async function changeRoles(
  ctx: CallerCtx,
  memberId: Id<"members">,
  change: RolesChange,
): Promise<void> {
  const { db } = ctx;
  const member = await db.getX("members", memberId);
  const after = parseOrInvalid(rolesForm, change);
  requireMayGrant(ctx, [...member.roles, ...after.roles]);
  if (String(change.seen) !== String(member.roles)) throw sunupError("STALE");
  if (!after.roles.includes(ADMINISTRATOR)) await requireAnotherAdministrator(db, member);
  const changes = changesBetween(
    { roles: member.roles, "main role": member.primaryRole },
    { roles: after.roles, "main role": after.primaryRole },
  );
  if (changes.length === 0) return;
  await db.patch("members", memberId, after);
  const { name: subject } = member;
  await recordAudit(ctx, {
    action: "member.rolesChanged",
    actor: actorOf(ctx.member),
    subject,
    changes,
  });
}

/**
 * Ends a member's access: every call checks it, so open browsers lose it at once and
 * Clerk's sessions need no revoking. Throws NOT_FOUND, FORBIDDEN, CONFLICT (oneself, the
 * last administrator).
 */
export async function deactivate(ctx: CallerCtx, memberId: Id<"members">): Promise<void> {
  const { db } = ctx;
  const member = await db.getX("members", memberId);
  requireMayGrant(ctx, member.roles);
  if (member.status === "deactivated") return;
  await requireAnotherAdministrator(db, member);
  if (memberId === ctx.member._id) {
    throw sunupError("CONFLICT", {
      message: "You cannot turn off your own access. Ask another administrator to do it.",
    });
  }
  await db.patch("members", memberId, { status: "deactivated" });
  await freeUsage(db, "users", 1);
  await recordAudit(ctx, {
    action: "member.deactivated",
    actor: actorOf(ctx.member),
    subject: member.name,
  });
}

/** Lets a member in again. Throws NOT_FOUND, FORBIDDEN, CONFLICT (account deleted, locked by Sunup), LIMIT_REACHED. */
export async function reactivate(
  ctx: CallerCtx,
  memberId: Id<"members">,
  now: number,
): Promise<void> {
  const { db } = ctx;
  const member = await db.getX("members", memberId);
  requireMayGrant(ctx, member.roles);
  if (member.status === "active") return;
  if (member.accountDeletedAt !== undefined) {
    throw sunupError("CONFLICT", {
      message: `${member.name}'s account was deleted. Send an invitation, so that they can make a new one.`,
    });
  }
  if (member.lock !== undefined) {
    throw sunupError("CONFLICT", {
      message: `Sunup locked ${member.name}'s account: ${member.lock.reason}`,
      nextStep: "Write to Sunup's support.",
    });
  }
  await takeUsage(ctx, "users", 1, now);
  await db.patch("members", memberId, { status: "active" });
  await recordAudit(ctx, {
    action: "member.reactivated",
    actor: actorOf(ctx.member),
    subject: member.name,
  });
}

/**
 * The account is gone at Clerk, which nobody here could refuse: the member's access ends for
 * good, and when that was the last administrator, staff are told. The row stays: projects
 * and history name their author. Safe to repeat.
 */
export async function endAccount(
  ctx: ReturnType<SystemCtx["forTenant"]>,
  member: Doc<"members">,
  now: number,
): Promise<void> {
  if (member.accountDeletedAt !== undefined) return;
  const { db } = ctx;
  const wasLastAdministrator = await isLastAdministrator(db, member);
  if (member.status === "active") await freeUsage(db, "users", 1);
  await db.patch("members", member._id, { status: "deactivated", accountDeletedAt: now });
  await recordAudit(ctx, {
    action: "member.accountDeleted",
    actor: SYSTEM,
    subject: member.name,
  });
  if (wasLastAdministrator) await noteAdministratorLost(ctx, member, now);
}
