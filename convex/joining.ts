import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { DAY_MS } from "../lib/days";
import { sunupError } from "../lib/errors";
import { TEXT_LIMITS } from "../lib/limits";
import { JOIN_REFUSALS } from "../lib/team";
import { internal } from "./_generated/api";
import { wasDeleted } from "./model/clerkEvents";
import { joinByInvitation, type Joined, refusalOf } from "./model/joining";
import { isHome } from "./model/shards";
import { role } from "./tables/members";
import { guestQuery, signedInMutation, systemMutation } from "./tenancy/functions";

const refusal = literals(...JOIN_REFUSALS);

/**
 * What an invitation offers, live: for whoever holds its id from the mail, signed in or not.
 * One that is no longer good says why, and no more.
 */
export const offer = guestQuery({
  args: { invitationId: v.string() },
  returns: v.union(
    v.object({
      status: v.literal("open"),
      companyName: v.string(),
      inviterName: v.string(),
      email: v.string(),
      roles: v.array(role),
      primaryRole: role,
    }),
    v.object({ status: v.literal("refused"), reason: refusal }),
  ),
  handler: async ({ openInvitation }, { invitationId }) => {
    const found = await openInvitation(invitationId);
    if (found === null) return { status: "refused" as const, reason: "unknown" as const };
    const { invitation, tenant, db } = found;
    const reason = refusalOf(invitation, tenant, Date.now());
    if (reason !== null) return { status: "refused" as const, reason };
    const { email, roles, primaryRole, invitedBy } = invitation;
    const inviter = await db.getX("members", invitedBy);
    return {
      status: "open" as const,
      companyName: tenant.name,
      inviterName: inviter.name,
      ...{ email, roles, primaryRole },
    };
  },
});

const joined = v.union(
  v.object({ status: v.literal("joined") }),
  v.object({ status: v.literal("refused"), reason: refusal }),
);

/**
 * Joins the company that sent the invitation. Anyone signed in whose confirmed address is the
 * invited one; safe to repeat, also beside the webhook. A refusal is an answer and not an
 * error, since the inviter's list keeps a note of it.
 * Throws UNAUTHENTICATED, EMAIL_NOT_VERIFIED, ACCOUNT_DELETED.
 */
export const accept = signedInMutation({
  args: { invitationId: v.string() },
  returns: joined,
  handler: async ({ identity, runMutation }, { invitationId }): Promise<Answer> => {
    const { subject, email, emailVerified, name } = identity;
    if (email === undefined || emailVerified !== true) throw sunupError("EMAIL_NOT_VERIFIED");
    return await runMutation(internal.joining.acceptFor, {
      clerkUserId: subject,
      email,
      name: (name?.trim() || email).slice(0, TEXT_LIMITS.personName),
      invitationId,
    });
  },
});

type Answer = { status: "joined" } | Extract<Joined, { status: "refused" }>;

/** When home is told that somebody joined a company here: at once, and again for a day. */
const TELL_HOME_AFTER_MS = [0, 10_000, 5 * 60_000, 60 * 60_000, DAY_MS];

/** The same, with the token's own identity. Called by `joining.accept`. Throws ACCOUNT_DELETED. */
export const acceptFor = systemMutation({
  args: {
    clerkUserId: v.string(),
    email: v.string(),
    name: v.string(),
    invitationId: v.string(),
  },
  returns: joined,
  handler: async (ctx, { invitationId, ...user }) => {
    if (await wasDeleted(ctx, user.clerkUserId)) throw sunupError("ACCOUNT_DELETED");
    const joiner = { ...user, profileUpdatedAt: 0 };
    const answer = await joinByInvitation(ctx, joiner, invitationId, Date.now());
    if (answer.status !== "joined") return answer;
    if (!isHome()) {
      const { clerkUserId, email } = user;
      // An action runs at most once, and home may be out of reach: whatever comes late changes nothing.
      for (const delayMs of TELL_HOME_AFTER_MS) {
        await ctx.schedule.after(delayMs, internal.placements.tellHome, { clerkUserId, email });
      }
    }
    return { status: "joined" as const };
  },
});
