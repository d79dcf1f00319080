import { createHmac } from "node:crypto";

/** The `Stripe-Signature` of a payload: when it was sent, and its HMAC with the endpoint's secret. */
export function stripeSignature(secret: string, sentAt: Date, payload: string): string {
  const seconds = Math.floor(sentAt.getTime() / 1000);
  const digest = createHmac("sha256", secret).update(`${seconds}.${payload}`).digest("hex");
  return `t=${seconds},v1=${digest}`;
}
