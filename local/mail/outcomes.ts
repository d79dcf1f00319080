/**
 * What becomes of a mail. Nothing leaves this machine, so the recipient's address decides, by Resend's
 * convention for test addresses (bounced@resend.dev, complained+label@resend.dev, …) and, for any other
 * domain, by a label: ada+bounced@example.com.
 */
import type { MailEvent, MailRecord } from "./records.ts";

type Outcome = "delivered" | "bounced" | "complained" | "delayed";

const EVENTS: Record<Outcome, MailEvent[]> = {
  delivered: ["sent", "delivered"],
  bounced: ["sent", "bounced"],
  complained: ["sent", "delivered", "complained"],
  delayed: ["sent", "delivery_delayed", "delivered"],
};

/** The worst first: it decides when a mail goes to several. */
const SPECIAL = ["bounced", "complained", "delayed"] as const;

/** What happens to a mail to these bare addresses, in order. */
export function eventsFor(recipients: string[]): MailEvent[] {
  const outcomes = recipients.map(outcomeFor);
  return EVENTS[SPECIAL.find((outcome) => outcomes.includes(outcome)) ?? "delivered"];
}

function outcomeFor(address: string): Outcome {
  const [localPart = "", domain] = address.split("@");
  const [name, ...labels] = localPart.split("+");
  const deciding = domain === "resend.dev" ? [name] : labels;
  return SPECIAL.find((outcome) => deciding.includes(outcome)) ?? "delivered";
}

/** The last of its events that has happened. */
export function lastEvent({ events }: MailRecord, now: number): MailEvent | "queued" {
  return events.findLast(({ at }) => at <= now)?.type ?? "queued";
}

/** What `email.bounced` says of the reason: the first of the recipients that is to bounce. */
export function bounceOf(recipients: string[]): { type: string; subType: string; message: string } {
  const bounced = recipients.find((address) => outcomeFor(address) === "bounced") ?? "";
  return {
    type: "Permanent",
    subType: "General",
    message: `The recipient's mail server refused ${bounced}: there is no such mailbox.`,
  };
}
