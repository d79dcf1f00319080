import { readStripeEvent } from "../billing/stripeEvents";
import { readResendEvent } from "../emails/resendEvents";
import { readClerkEvent } from "./clerkEvents";
import type { WebhookReader, WebhookSource } from "./webhookInbox";

/** How each sender's bodies are read. */
const READERS: Record<WebhookSource, WebhookReader> = {
  clerk: readClerkEvent,
  resend: readResendEvent,
  stripe: readStripeEvent,
};

export function readerOf(source: WebhookSource): WebhookReader {
  return READERS[source];
}
