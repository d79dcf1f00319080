import { normalizeEmail } from "../../lib/email";
import { ADMINISTRATOR } from "../../lib/roles";
import type { JoinRefusal } from "../../lib/team";
import type { Doc, Id } from "../_generated/dataModel";
import type { SystemCtx } from "../tenancy/functions";
import { recordAudit } from "./audit";

/** A verified Clerk user who holds an invitation. */
export type Joiner = {
  clerkUserId: string;
  /** Confirmed at Clerk. */
  email: string;
  name: string;
  /** Clerk's `updated_at` of the profile, milliseconds. */
  profileUpdatedAt: number;
};

export type Joined =
  { status: "joined"; tenantId: Id<"tenants"> } | { status: "refused"; reason: JoinRefusal };

/**
 * Makes the user a member of the inviting company, with the roles of the invitation and the
 * seat that it holds. The webhook and the browser may both ask, in any order and any number
 * of times: who is a member already stays one. Never makes a company.
 */
export async function joinByInvitation(
  ctx: SystemCtx,
  joiner: Joiner,
  invitationId: string,
  now: number,
): Promise<Joined> {
  const invitation = await ctx.findInvitation(invitationId);
  if (invitation === null) return refused("unknown");
  const { tenantId } = invitation;
  const existing = await ctx.findMember(joiner.clerkUserId);
  if (existing?.tenantId === tenantId) return { status: "joined", tenantId };

  const email = normalizeEmail(joiner.email);
  if (email !== invitation.email) return refused("otherAddress");
  const tenant = await ctx.platform.get("tenants", tenantId);
  const reason = refusalOf(invitation, tenant, now);
  if (reason !== null) return refused(reason);

  // Opens a tenant: the one that sent the invitation which the user holds.
  const own = ctx.forTenant(tenantId);
  const { db } = own;
  if (existing !== null || (await ctx.findStaff(joiner.clerkUserId)) !== null) {
    // One account belongs to one company. The inviter learns that, and not to which.
    await db.patch("invitations", invitation._id, { problem: "otherCompany" });
    return refused("otherCompany");
  }
  const { roles, primaryRole } = invitation;
  const { clerkUserId, name, profileUpdatedAt } = joiner;
  const memberId = await db.insert("members", {
    ...{ clerkUserId, email, name, roles, primaryRole, status: "active", profileUpdatedAt },
  });
  await db.patch("invitations", invitation._id, {
    status: "accepted",
    acceptedBy: memberId,
    problem: undefined,
  });
  if (roles.includes(ADMINISTRATOR))
    await own.patchTenant({ withoutAdministratorSince: undefined });
  await recordAudit(own, {
    action: "member.joined",
    actor: { kind: "member", memberId, name, role: primaryRole },
    subject: name,
    changes: [{ field: "roles", before: "", after: roles.join(", ") }],
  });
  return { status: "joined", tenantId };
}

/** Why nobody can join with this invitation now, or null when it is good. */
export function refusalOf(
  { status, expiresAt }: Doc<"invitations">,
  tenant: Doc<"tenants"> | null,
  now: number,
): JoinRefusal | null {
  if (status === "accepted") return "used";
  if (status === "revoked") return "revoked";
  if (status === "expired" || now >= expiresAt) return "expired";
  const open = tenant?.status === "active" || tenant?.status === "pastDue";
  return open ? null : "companyClosed";
}

function refused(reason: JoinRefusal): Joined {
  return { status: "refused", reason };
}
