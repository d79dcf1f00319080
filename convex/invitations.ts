import { v } from "convex/values";
import { pick } from "convex-helpers";
import type { Doc } from "./_generated/dataModel";
import { isRetrying } from "./model/invitationDelivery";
import { invite as inviteAll, resend as sendAgain, revoke as withdraw } from "./model/invitations";
import { invitationProblem, invitationStatus } from "./tables/invitations";
import { role } from "./tables/members";
import { tenantMutation, tenantQuery } from "./tenancy/functions";
import type { ScopedReader } from "./tenancy/scopedDb";

/** More open invitations than a list has; keeps the read bounded. */
const MAX_LISTED = 200;

const invitationId = { invitationId: v.id("invitations") };

/** Invitations that nobody has accepted yet, pending and expired, newest first. Needs team.manage. */
export const list = tenantQuery({
  permission: "team.manage",
  args: {},
  returns: v.array(
    v.object({
      _id: v.id("invitations"),
      email: v.string(),
      roles: v.array(role),
      primaryRole: role,
      status: invitationStatus,
      expiresAt: v.number(),
      sentAt: v.optional(v.number()),
      problem: v.optional(invitationProblem),
      /** The mail, or its withdrawal, is still on its way through Clerk. */
      retrying: v.boolean(),
    }),
  ),
  handler: async ({ db }) => {
    const lists = await Promise.all(
      (["pending", "expired"] as const).map((status) =>
        db
          .query("invitations")
          .withIndex("by_tenant_status", (q) => q.eq("status", status))
          .order("desc")
          .take(MAX_LISTED),
      ),
    );
    return await Promise.all(lists.flat().map((invitation) => listItem(db, invitation)));
  },
});

async function listItem(db: ScopedReader, invitation: Doc<"invitations">) {
  const problem = invitation.problem ?? ((await isUndelivered(db, invitation)) && "undelivered");
  return {
    ...pick(invitation, [
      ...(["_id", "email", "roles", "primaryRole", "status"] as const),
      ...(["expiresAt", "sentAt"] as const),
    ]),
    ...(problem && { problem }),
    retrying: isRetrying(invitation),
  };
}

/**
 * True when the mail did not, or will not, reach anybody. Read from the mail's own row, one for each
 * invitation shown (lib/budgets.ts says how many at most): a copy would have to follow every webhook.
 */
async function isUndelivered(db: ScopedReader, { emailId }: Doc<"invitations">): Promise<boolean> {
  const email = emailId && (await db.get("emails", emailId));
  return Boolean(email && ["failed", "suppressed", "bounced", "complained"].includes(email.status));
}

/**
 * Invites people by e-mail, all or none. Needs team.manage; nobody hands out more rights than
 * they have. Throws INVALID (field `emails`, `roles`, `primaryRole`: also for an address that
 * is a member or invited already), LIMIT_REACHED, CONFLICT (company being closed), FORBIDDEN.
 */
export const invite = tenantMutation({
  permission: "team.manage",
  cost: 10,
  args: { emails: v.array(v.string()), roles: v.array(role), primaryRole: role },
  returns: v.null(),
  handler: async (ctx, form) => {
    await inviteAll(ctx, form, Date.now());
    return null;
  },
});

/**
 * Sends a pending or expired invitation again, with a new link and a new week. Needs
 * team.manage. Throws NOT_FOUND, INVALID, LIMIT_REACHED, CONFLICT, FORBIDDEN.
 */
export const resend = tenantMutation({
  permission: "team.manage",
  cost: 10,
  args: invitationId,
  returns: v.null(),
  handler: async (ctx, args) => {
    await sendAgain(ctx, args.invitationId, Date.now());
    return null;
  },
});

/** Withdraws an invitation and frees its seat. Needs team.manage. Throws NOT_FOUND, CONFLICT. */
export const revoke = tenantMutation({
  permission: "team.manage",
  args: invitationId,
  returns: v.null(),
  handler: async (ctx, args) => {
    await withdraw(ctx, args.invitationId);
    return null;
  },
});
