/** The keys of the local Clerk instance: made once, kept in the data folder, readable by its owner only. */
import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";
import { keepKeys } from "../storage/keptKeys.ts";
import { newSecret, newWebhookSecret } from "../storage/secrets.ts";
import { newId } from "./ids.ts";

export interface ClerkKeys {
  /** Names the signing key in token headers and in the key set. */
  keyId: string;
  privateKeyPem: string;
  secretKey: string;
  webhookSecret: string;
}

/** Reads the keys of this data folder, making those that are missing. `given` keys replace the kept ones. */
export function loadKeys(dataDir: string, given: Partial<ClerkKeys> = {}): ClerkKeys {
  return keepKeys(dataDir, generateKeys, given);
}

function generateKeys(): ClerkKeys {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    keyId: newId("ins"),
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    secretKey: `sk_live_${newSecret()}`,
    webhookSecret: newWebhookSecret(),
  };
}

/** The public half of the signing key, as `CLERK_JWT_KEY` wants it. */
export function publicKeyPem(keys: ClerkKeys): string {
  return createPublicKey(keys.privateKeyPem).export({ type: "spki", format: "pem" }).toString();
}

/** The publishable key for a Clerk at this host ("127.0.0.1:3400"): it only spells the host. */
export function publishableKeyFor(host: string): string {
  return `pk_live_${Buffer.from(`${host}$`).toString("base64")}`;
}

/** What Clerk's SDKs append to cookie names, so that several instances can share one host. */
export function cookieSuffix(publishableKey: string): string {
  return createHash("sha1").update(publishableKey).digest("base64url").slice(0, 8);
}
