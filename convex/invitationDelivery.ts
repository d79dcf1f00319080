import { v } from "convex/values";
import { HOME } from "../lib/shards";
import { internal } from "./_generated/api";
import { queueEmail } from "./emails/queue";
import { ClerkRefused } from "./model/clerkApi";
import { hasAccount, inviteAtClerk, pendingAtClerk, revokeAtClerk } from "./model/clerkInvitations";
import { TRY_LIMIT_MS, tryDelivery } from "./model/invitationDelivery";
import { expireInvitation } from "./model/invitations";
import { askShard, isHome, ownShard } from "./model/shards";
import { invitationProblem } from "./tables/invitations";
import { backgroundMutation, backgroundQuery, systemAction } from "./tenancy/functions";

const ofRound = { invitationId: v.id("invitations"), round: v.number() };

/** What Clerk has to follow, or null when a later round took its place or it is done. */
export const order = backgroundQuery({
  args: ofRound,
  returns: v.union(v.null(), v.object({ email: v.string(), wanted: v.boolean() })),
  handler: async ({ db }, { invitationId, round }) => {
    const invitation = await db.get("invitations", invitationId);
    if (invitation === null || invitation.round !== round) return null;
    if (invitation.settledRound === round) return null;
    return { email: invitation.email, wanted: invitation.status === "pending" };
  },
});

/**
 * Brings Clerk in line with an invitation: one of Clerk's for a pending one, none for any
 * other. It looks before it creates, so a try whose answer was lost is found again and
 * never made twice.
 */
export const deliver = systemAction({
  args: { tenantId: v.id("tenants"), ...ofRound },
  returns: v.null(),
  handler: async ({ runQuery, runMutation }, args): Promise<null> => {
    const wish = await runQuery(internal.invitationDelivery.order, args);
    if (wish === null) return null;
    try {
      const done = await follow({ ...wish, ...args });
      await runMutation(internal.invitationDelivery.settle, { ...args, ...done });
    } catch (error) {
      console.error(`Invitation ${args.invitationId}: ${String(error)}`);
      const problem = error instanceof ClerkRefused ? "refused" : "unreachable";
      await runMutation(internal.invitationDelivery.noteProblem, { ...args, problem });
    }
    return null;
  },
});

type Wish = { email: string; wanted: boolean; invitationId: string; round: number };

async function follow(wish: Wish): Promise<{ url?: string; clerkInvitationId?: string }> {
  const signal = AbortSignal.timeout(TRY_LIMIT_MS);
  const redirectUrl = joinUrl(wish.invitationId);
  // Home sends whoever uses the link to this deployment, so it knows before the link goes out.
  if (!isHome()) {
    const kept = { email: wish.email, shard: ownShard(), kind: "invited" };
    await askShard(HOME, "placement", { ...kept, keep: wish.wanted });
  }
  const found = await pendingAtClerk(wish, signal);
  const current = wish.wanted ? found.find(({ round }) => round === wish.round) : undefined;
  for (const { id } of found) if (id !== current?.id) await revokeAtClerk(id, signal);
  if (!wish.wanted) return {};
  if (current === undefined && (await hasAccount(wish.email, signal))) return { url: redirectUrl };
  const { id, url } = current ?? (await inviteAtClerk({ ...wish, redirectUrl }, signal));
  if (url === undefined) throw new Error("Clerk's invitation has no link.");
  return { url, clerkInvitationId: id };
}

function joinUrl(invitationId: string): string {
  const url = new URL("/join", process.env.APP_URL);
  url.searchParams.set("invitation", invitationId);
  if (!isHome()) url.searchParams.set("on", ownShard());
  return url.href;
}

/** Clerk has followed: the round is settled, and the mail with the link is queued. */
export const settle = backgroundMutation({
  args: { ...ofRound, url: v.optional(v.string()), clerkInvitationId: v.optional(v.string()) },
  returns: v.null(),
  handler: async (ctx, { invitationId, round, url, clerkInvitationId }) => {
    const { db, tenant } = ctx;
    const invitation = await db.get("invitations", invitationId);
    if (invitation === null || invitation.round !== round) return null;
    if (invitation.settledRound === round) return null;
    const settled = {
      ...{ settledRound: round, problem: undefined, failedAt: undefined },
      clerkInvitationId,
    };
    if (url === undefined || invitation.status !== "pending") {
      await db.patch("invitations", invitationId, settled);
      return null;
    }
    const inviter = await db.getX("members", invitation.invitedBy);
    const emailId = await queueEmail(ctx, {
      to: invitation.email,
      idempotencyKey: `invitation/${invitationId}/${round}`,
      message: {
        kind: "invitation",
        data: {
          companyName: tenant.name,
          inviterName: inviter.name,
          roles: invitation.roles,
          acceptUrl: url,
          expiresAt: invitation.expiresAt,
        },
      },
    });
    await db.patch("invitations", invitationId, { ...settled, emailId, sentAt: Date.now() });
    return null;
  },
});

/** Keeps what went wrong, for the list. The next try is scheduled already. */
export const noteProblem = backgroundMutation({
  args: { ...ofRound, problem: invitationProblem },
  returns: v.null(),
  handler: async ({ db }, { invitationId, round, problem }) => {
    const invitation = await db.get("invitations", invitationId);
    if (invitation === null || invitation.round !== round) return null;
    if (invitation.settledRound !== round) await db.patch("invitations", invitationId, { problem });
    return null;
  },
});

/** The next try, if the round is not settled by now. */
export const retry = backgroundMutation({
  args: ofRound,
  returns: v.null(),
  handler: async (ctx, { invitationId, round }) => {
    const invitation = await ctx.db.get("invitations", invitationId);
    if (invitation !== null && invitation.round === round) await tryDelivery(ctx, invitation);
    return null;
  },
});

/** At the end of an invitation's time: it gives its seat back. */
export const expire = backgroundMutation({
  args: { invitationId: v.id("invitations") },
  returns: v.null(),
  handler: async (ctx, { invitationId }) => {
    await expireInvitation(ctx, invitationId, Date.now());
    return null;
  },
});
