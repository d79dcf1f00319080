const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long Resend may take to answer. */
export const SEND_TIMEOUT_MS = 20 * SECOND;

/** An attempt without an outcome for so long is lost: longer than an answer may take. */
export const LEASE_MS = 30 * SECOND;

/**
 * From the first attempt on, so long a mail is tried again. Resend forgets our key after
 * 24 hours, and with it whether it has the mail: the hour less is for clocks that differ.
 */
export const RETRY_WINDOW_MS = 23 * HOUR;

const FIRST_DELAY_MS = 5 * SECOND;
const LONGEST_DELAY_MS = HOUR;

/**
 * Milliseconds to wait after so many attempts: 5 s, 10 s, 20 s, … up to an hour, of which
 * `random` (0 to 1) takes away up to half, so that what failed together does not come
 * again together. Never less than the provider asks for.
 */
export function delayAfter(attempts: number, random: number, askedForMs = 0): number {
  const delay = Math.min(FIRST_DELAY_MS * 2 ** (attempts - 1), LONGEST_DELAY_MS);
  return Math.max(Math.round(delay * (1 - random / 2)), askedForMs);
}
