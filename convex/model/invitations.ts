import { DAY_MS } from "../../lib/days";
import { sunupError } from "../../lib/errors";
import { mayGrant, type Role } from "../../lib/roles";
import { INVITATION_DAYS, invitedAddresses, rolesForm } from "../../lib/team";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";
import type { Caller } from "../tenancy/member";
import { actorOf, recordAudit, SYSTEM } from "./audit";
import { startRound } from "./invitationDelivery";
import { parseOrInvalid } from "./invalid";
import { freeUsage, takeUsage } from "./usage";

type CallerCtx = TenantWriteCtx & Caller;

/** How long after a mail the next one may follow: nobody's mailbox is filled by clicking. */
const RESEND_AFTER_MS = 60_000;

/** More accounts than one address ever had, deleted ones included. */
const MAX_ACCOUNTS_OF_ADDRESS = 50;

/** The form of invitations.invite, not yet checked. */
export type InviteForm = { emails: string[]; roles: Role[]; primaryRole: Role };

/**
 * Invites people, all or none: a seat for each, Clerk's invitation and the mail scheduled.
 * Throws INVALID (field `emails`, `roles` or `primaryRole`), FORBIDDEN, CONFLICT, LIMIT_REACHED.
 */
export async function invite(ctx: CallerCtx, form: InviteForm, now: number): Promise<void> {
  const { db, tenant, member } = ctx;
  requireOpen(tenant);
  const { roles, primaryRole } = parseOrInvalid(rolesForm, form);
  requireMayGrant(ctx, roles);
  const emails = addressesOf(form.emails);
  for (const email of emails) await requireFree(ctx, email);
  await takeUsage(ctx, "users", emails.length, now);
  for (const email of emails) {
    const invitationId = await db.insert("invitations", {
      ...{ email, roles, primaryRole, invitedBy: member._id, status: "pending" },
      expiresAt: 0,
      ...{ round: 0, settledRound: 0, attempts: 0 },
    });
    await send(ctx, invitationId, now);
    await record(ctx, "invitation.sent", email, roles);
  }
}

/**
 * Sends a pending invitation again, or an expired one anew: a new link, a new week, and
 * every earlier link ends. An expired one takes a seat again.
 * Throws NOT_FOUND, FORBIDDEN, INVALID (now a member), CONFLICT, LIMIT_REACHED.
 */
export async function resend(
  ctx: CallerCtx,
  invitationId: Id<"invitations">,
  now: number,
): Promise<void> {
  const { db, tenant } = ctx;
  requireOpen(tenant);
  const invitation = await db.getX("invitations", invitationId);
  const { email, status, roles, sentAt, round, settledRound } = invitation;
  requireMayGrant(ctx, roles);
  if (status === "expired") {
    await requireFree(ctx, email);
    await takeUsage(ctx, "users", 1, now);
    await db.patch("invitations", invitationId, { status: "pending" });
  } else if (status !== "pending") {
    throw sunupError("CONFLICT", { message: `This invitation was ${status} in the meantime.` });
  } else if (round === settledRound && sentAt !== undefined && now < sentAt + RESEND_AFTER_MS) {
    throw sunupError("CONFLICT", {
      message: "The invitation was sent a moment ago. Give the mail a minute to arrive.",
    });
  }
  await send(ctx, invitationId, now);
  await record(ctx, "invitation.resent", email, roles);
}

/** Withdraws an invitation: its links end and its seat is free. Throws NOT_FOUND, CONFLICT. */
export async function revoke(ctx: CallerCtx, invitationId: Id<"invitations">): Promise<void> {
  const { db } = ctx;
  const { email, status, roles } = await db.getX("invitations", invitationId);
  if (status === "revoked") return;
  if (status === "accepted") {
    throw sunupError("CONFLICT", {
      message: `${email} has joined in the meantime. Turn off their access instead.`,
    });
  }
  if (status === "pending") await freeUsage(db, "users", 1);
  await db.patch("invitations", invitationId, { status: "revoked" });
  await startRound(ctx, invitationId);
  await record(ctx, "invitation.revoked", email, roles);
}

/** Ends a pending invitation whose time is over; does nothing to one that was sent again. */
export async function expireInvitation(
  { db }: TenantWriteCtx,
  invitationId: Id<"invitations">,
  now: number,
): Promise<void> {
  const invitation = await db.get("invitations", invitationId);
  if (invitation?.status !== "pending" || now < invitation.expiresAt) return;
  await freeUsage(db, "users", 1);
  await db.patch("invitations", invitationId, { status: "expired" });
  await recordAudit(
    { db },
    { action: "invitation.expired", actor: SYSTEM, subject: invitation.email },
  );
}

/** Throws FORBIDDEN when the roles may do what the caller may not. */
export function requireMayGrant({ permissions }: Caller, roles: readonly Role[]): void {
  if (mayGrant(permissions, roles)) return;
  throw sunupError("FORBIDDEN", { message: "You cannot hand out more rights than you have." });
}

async function send(ctx: CallerCtx, invitationId: Id<"invitations">, now: number): Promise<void> {
  const expiresAt = now + INVITATION_DAYS * DAY_MS;
  await ctx.db.patch("invitations", invitationId, { expiresAt });
  await startRound(ctx, invitationId);
  await ctx.schedule.at(expiresAt, internal.invitationDelivery.expire, { invitationId });
}

/** A company that is being closed takes nobody in. */
function requireOpen({ status }: Doc<"tenants">): void {
  if (status !== "closing") return;
  throw sunupError("CONFLICT", {
    message: "Your company is being closed, so nobody can be invited. Keep the company open first.",
  });
}

function addressesOf(emails: string[]): string[] {
  const parsed = invitedAddresses.safeParse(emails);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const wrong = typeof issue?.path[0] === "number" ? `${emails[issue.path[0]]}: ` : "";
  throw sunupError("INVALID", { message: `${wrong}${issue?.message}`, field: "emails" });
}

/** Throws INVALID when the address belongs to a member or is invited already. */
async function requireFree({ db }: CallerCtx, email: string): Promise<void> {
  const members = await db
    .query("members")
    .withIndex("by_tenant_email", (q) => q.eq("email", email))
    .order("desc")
    .take(MAX_ACCOUNTS_OF_ADDRESS);
  const member = members.find(({ accountDeletedAt }) => accountDeletedAt === undefined);
  if (member) {
    const message =
      member.status === "active"
        ? `${member.name} (${email}) is in your team already.`
        : `${member.name} (${email}) is in your team, with access turned off. Turn it on again instead.`;
    throw sunupError("INVALID", { message, field: "emails" });
  }
  const invited = await db
    .query("invitations")
    .withIndex("by_tenant_email_status", (q) => q.eq("email", email).eq("status", "pending"))
    .first();
  if (invited === null) return;
  throw sunupError("INVALID", {
    message: `${email} is invited already. You can send that invitation again from the list.`,
    field: "emails",
  });
}

async function record(
  ctx: CallerCtx,
  action: "invitation.sent" | "invitation.resent" | "invitation.revoked",
  email: string,
  roles: readonly Role[],
): Promise<void> {
  await recordAudit(ctx, {
    action,
    actor: actorOf(ctx.member),
    subject: email,
    ...(action === "invitation.sent" && {
      changes: [{ field: "roles", before: "", after: roles.join(", ") }],
    }),
  });
}
