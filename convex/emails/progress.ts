import type { Doc } from "../_generated/dataModel";

export type EmailStatus = Doc<"emails">["status"];

/**
 * A mail only moves forward: reports arrive late, twice and in any order, and the one
 * that knows more wins. A mail can bounce after a server took it, and only delivered mail
 * is complained about.
 */
const PROGRESS: Record<EmailStatus, number> = {
  queued: 0,
  sending: 0,
  sent: 1,
  delayed: 2,
  failed: 3,
  suppressed: 3,
  delivered: 4,
  bounced: 5,
  complained: 6,
};

/** True when a report of `status` tells more than what is known. */
export function isNews(status: EmailStatus, known: EmailStatus): boolean {
  return PROGRESS[status] > PROGRESS[known];
}

/** True as long as Resend has not been heard to have it, and nobody has given up. */
export function isOpen(status: EmailStatus): boolean {
  return PROGRESS[status] === 0;
}
