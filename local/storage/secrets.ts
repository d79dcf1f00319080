import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A random secret nobody can guess: 32 bytes, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** A secret with which Svix signs webhooks. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(24).toString("base64")}`;
}

/** Compares two secrets in a time that tells nothing about where they differ. */
export function isSameSecret(given: string, wanted: string): boolean {
  const digest = (value: string): Buffer => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
