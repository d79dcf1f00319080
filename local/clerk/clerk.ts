import type { ClerkKeys } from "./keys.ts";
import type { Mailbox } from "./mailbox.ts";
import type { Store } from "./store.ts";
import type { Tokens } from "./tokens.ts";
import type { WebhookQueue } from "./webhooks.ts";

/** The running local Clerk, as its handlers see it. */
export interface Clerk {
  store: Store;
  keys: ClerkKeys;
  tokens: Tokens;
  mailbox: Mailbox;
  webhooks: WebhookQueue;
  /** Where this Clerk answers, e.g. "http://127.0.0.1:3400"; also the issuer of its tokens. */
  issuer: string;
  publishableKey: string;
  cookieSuffix: string;
  /** The app's own address, e.g. "http://localhost:3000". */
  appUrl: string;
  /** Milliseconds since 1970. Codes, sessions and tokens age by this clock. */
  now(): number;
}
