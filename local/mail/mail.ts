import type { WebhookQueue } from "../webhooks/queue.ts";
import type { Failures } from "./failures.ts";
import type { Idempotency } from "./idempotency.ts";
import type { Mailbox } from "./mailbox.ts";

/** The running local mail server, as its handlers see it. */
export interface MailServer {
  mailbox: Mailbox;
  idempotency: Idempotency;
  failures: Failures;
  webhooks: WebhookQueue;
  apiKey: string;
  /** Milliseconds since 1970. */
  now(): number;
}
