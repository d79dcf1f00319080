import type { WithoutSystemFields } from "convex/server";
import type { Doc } from "../_generated/dataModel";
import type { AttemptOutcome } from "./attemptOutcome";
import { isNews, isOpen } from "./progress";
import { delayAfter, LEASE_MS, RETRY_WINDOW_MS } from "./schedule";

/** What sending has to remember of any mail, a company's or the platform's. */
export type Sendable = Omit<WithoutSystemFields<Doc<"platformEmails">>, "message">;
type Change = Partial<Sendable>;

/** No attempt is due any more. */
export const SETTLED = { nextAttemptAt: undefined };

/** True when attempt number `attempt` is the mail's next one: whoever comes late changes nothing. */
export function isNextAttempt({ status, attempts }: Sendable, attempt: number): boolean {
  return isOpen(status) && attempts === attempt - 1;
}

/** What the mail becomes when it is tried no more, after a day of attempts; null while it may be tried. */
export function givenUp({ firstAttemptAt, lastError }: Sendable, now: number): Change | null {
  if (firstAttemptAt === undefined || now - firstAttemptAt <= RETRY_WINDOW_MS) return null;
  const reason = `Given up after a day: ${lastError ?? "no attempt was answered."}`;
  return { ...SETTLED, status: "failed", failedAt: now, lastError: reason };
}

/** What the mail becomes while an attempt runs. */
export function begun({ firstAttemptAt }: Sendable, attempt: number, now: number) {
  return {
    status: "sending" as const,
    attempts: attempt,
    firstAttemptAt: firstAttemptAt ?? now,
    nextAttemptAt: now + LEASE_MS,
  };
}

/**
 * What the mail becomes by an attempt's outcome, and when it is tried again; null when that is no
 * news. An attempt that was given up for lost can still bring good news.
 */
export function ended(
  email: Sendable,
  attempt: number,
  outcome: AttemptOutcome,
  now: number,
): { change: Change; againAt?: number } | null {
  if (outcome.kind === "accepted") {
    const news: Change = isNews("sent", email.status)
      ? { status: "sent", lastError: undefined }
      : {};
    const providerId = outcome.providerId ?? email.providerId;
    return { change: { ...SETTLED, ...news, providerId, sentAt: email.sentAt ?? now } };
  }
  if (email.status !== "sending" || email.attempts !== attempt) return null;
  const lastError = outcome.reason;
  if (outcome.kind === "refused") {
    return { change: { ...SETTLED, status: "failed", failedAt: now, lastError } };
  }
  const againAt = now + delayAfter(attempt, Math.random(), outcome.waitMs);
  return { change: { status: "queued", lastError, nextAttemptAt: againAt }, againAt };
}
