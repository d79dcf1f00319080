import type { MailSummary } from "../../mailboxRoutes.ts";

/** What became of a mail, for people. */
export const EVENT_WORDS: Record<MailSummary["last_event"], string> = {
  queued: "Being sent",
  sent: "Sent",
  delivered: "Delivered",
  bounced: "Bounced",
  complained: "Marked as spam",
  delivery_delayed: "Delayed",
  suppressed: "Suppressed",
  failed: "Not sent",
};

/** Whether it is on its way or has arrived. */
export function isFine(event: MailSummary["last_event"]): boolean {
  return ["queued", "sent", "delivered"].includes(event);
}
