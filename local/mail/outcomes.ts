/**
 * What becomes of a mail. Nothing leaves this machine, so the recipient's address decides, by Resend's
 * convention for test addresses (bounced@resend.dev, complained+label@resend.dev, …) and, for any other
 * domain, by a label: ada+bounced@example.com.
 */
import type { MailEvent, MailRecord } from "./records.ts";

type Outcome = "delivered" | "bounced" | "complained" | "delayed" | "suppressed" | "failed";

const EVENTS: Record<Outcome, MailEvent[]> = {
  delivered: ["sent", "delivered"],
  bounced: ["sent", "bounced"],
  complained: ["sent", "delivered", "complained"],
  delayed: ["sent", "delivery_delayed", "delivered"],
  suppressed: ["suppressed"],
  failed: ["failed"],
};

/** The worst first: it decides when a mail goes to several. */
const SPECIAL = ["failed", "suppressed", "bounced", "complained", "delayed"] as const;

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

/** What an event says of the reason, in the part of it that Resend names after the event. */
export function reasonFor(event: MailEvent): Record<string, Record<string, string>> {
  switch (event) {
    case "bounced": {
      const message = "The recipient's mail server says that there is no such mailbox.";
      return { bounce: { type: "Permanent", subType: "General", message } };
    }
    case "suppressed": {
      const message = "Mail to this address bounced before, or was marked as spam.";
      return { suppressed: { type: "OnAccountSuppressionList", message } };
    }
    case "failed":
      return { failed: { reason: "The mail could not be sent." } };
    default:
      return {};
  }
}
