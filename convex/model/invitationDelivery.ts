import type { Doc, Id } from "../_generated/dataModel";
import { internal } from "../_generated/api";
import type { TenantWriteCtx } from "../tenancy/functions";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * When the next try follows, after each one; about a day in all. The first is longer than
 * a try may take, so that two never run at once.
 */
export const RETRY_AFTER_MS = [
  30_000,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
];

/** Longest that one try may take, in milliseconds. */
export const TRY_LIMIT_MS = 20_000;

/**
 * Tries to bring Clerk in line with the row, and schedules what happens if that try fails or
 * is lost: Convex runs an action at most once. Does nothing once the round is settled, and
 * gives up after the last try, for Sunup's staff to see.
 */
export async function tryDelivery(
  { db, schedule }: TenantWriteCtx,
  invitation: Doc<"invitations">,
): Promise<void> {
  const { _id: invitationId, round, settledRound, attempts } = invitation;
  if (round === settledRound) return;
  const retryAfter = RETRY_AFTER_MS[attempts];
  if (retryAfter === undefined) {
    await db.patch("invitations", invitationId, { failedAt: Date.now() });
    return;
  }
  await db.patch("invitations", invitationId, { attempts: attempts + 1 });
  await schedule.after(0, internal.invitationDelivery.deliver, { invitationId, round });
  await schedule.after(retryAfter, internal.invitationDelivery.retry, { invitationId, round });
}

/** Starts a new round: something changed that Clerk has to follow. */
export async function startRound(
  ctx: TenantWriteCtx,
  invitationId: Id<"invitations">,
): Promise<void> {
  const { round } = await ctx.db.getX("invitations", invitationId);
  await ctx.db.patch("invitations", invitationId, {
    round: round + 1,
    ...FIRST_TRY,
    problem: undefined,
  });
  await tryDelivery(ctx, await ctx.db.getX("invitations", invitationId));
}

/**
 * Begins the tries of a round anew that was given up. False when it was not, or no longer: two
 * may ask for it at once. Throws NOT_FOUND.
 */
export async function retryGivenUp(
  ctx: TenantWriteCtx,
  invitationId: Id<"invitations">,
): Promise<boolean> {
  const { failedAt } = await ctx.db.getX("invitations", invitationId);
  if (failedAt === undefined) return false;
  await ctx.db.patch("invitations", invitationId, FIRST_TRY);
  await tryDelivery(ctx, await ctx.db.getX("invitations", invitationId));
  return true;
}

const FIRST_TRY = { attempts: 0, failedAt: undefined };

/** True while more tries are to come. */
export function isRetrying({ round, settledRound, attempts }: Doc<"invitations">): boolean {
  return round !== settledRound && attempts < RETRY_AFTER_MS.length;
}
