import { Webhook } from "svix";
import type { WebhookOptions } from "./queue.ts";

/** Signs as Svix does, which delivers the webhooks of Clerk and of Resend. */
export function svixSigner(secret: string): WebhookOptions["sign"] {
  const signer = new Webhook(secret);
  return (id, sentAt, payload) => ({
    "User-Agent": "Svix-Webhooks/local",
    "svix-id": id,
    "svix-timestamp": String(Math.floor(sentAt.getTime() / 1000)),
    "svix-signature": signer.sign(id, sentAt, payload),
  });
}
