import type { ClerkMail } from "../mail/clerkMail.ts";
import type { ClerkEvents } from "./events.ts";
import type { ClerkKeys } from "./keys.ts";
import type { Store } from "./store.ts";
import type { Tokens } from "./tokens.ts";

/** The running local Clerk, as its handlers see it. */
export interface Clerk {
  store: Store;
  keys: ClerkKeys;
  tokens: Tokens;
  /** Hands a mail over to whoever delivers it. */
  sendMail(mail: ClerkMail): void;
  webhooks: ClerkEvents;
  /** Where this Clerk answers, e.g. "http://127.0.0.1:3400"; also the issuer of its tokens. */
  issuer: string;
  publishableKey: string;
  cookieSuffix: string;
  /** The app's own address, e.g. "http://localhost:3000". */
  appUrl: string;
  /** Milliseconds since 1970. Codes, sessions and tokens age by this clock. */
  now(): number;
}
