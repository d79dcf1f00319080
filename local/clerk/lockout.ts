/** Too many wrong passwords or codes lock an account for a while, however they are spread over browsers. */
import type { Clerk } from "./clerk.ts";
import { userBanned, userLocked } from "./errors.ts";
import type { UserRecord } from "./records.ts";

export const MAX_FAILED_ATTEMPTS = 10;
export const LOCKOUT_MS = 15 * 60_000;

/** Seconds until the account opens again; 0 when it is open. */
export function lockedFor(user: UserRecord, now: number): number {
  return Math.max(0, Math.ceil(((user.lockedUntil ?? 0) - now) / 1000));
}

/**
 * Call before comparing a password or code: counts the attempt first, so that many at once cannot slip
 * past the limit. Throws `user_locked` or `user_banned`.
 */
export function beginAttempt(clerk: Clerk, userId: string): void {
  const failure = clerk.store.transaction(() => {
    const user = clerk.store.users.get(userId);
    if (!user) return null;
    if (user.banned) return userBanned();
    const wait = lockedFor(user, clerk.now());
    if (wait > 0) return userLocked(wait);
    const failedAttempts = (user.lockedUntil === null ? user.failedAttempts : 0) + 1;
    const lockedUntil = failedAttempts >= MAX_FAILED_ATTEMPTS ? clerk.now() + LOCKOUT_MS : null;
    clerk.store.users.put({ ...user, failedAttempts, lockedUntil });
    return null;
  });
  if (failure) throw failure;
}

/** Call when the password or code was right: the count starts again. */
export function attemptSucceeded(clerk: Clerk, userId: string): void {
  const user = clerk.store.users.get(userId);
  if (user) clerk.store.users.put({ ...user, failedAttempts: 0, lockedUntil: null });
}
