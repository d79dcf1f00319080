import type { Outbox } from "./events/outbox.ts";
import type { StripeKeys } from "./keys.ts";
import type { Store } from "./store.ts";
import type { Time } from "./time.ts";

/** The version of Stripe's API that is spoken here: the one that the app's `stripe` client asks for. */
export const API_VERSION = "2026-10-28.endive";

/** The one account of this local Stripe, and what its parts need of each other. */
export interface Account {
  store: Store;
  keys: StripeKeys;
  time: Time;
  outbox: Outbox;
  /** Where this server answers, e.g. "http://127.0.0.1:3402". */
  url: string;
  /** What the pages call the seller. */
  businessName: string;
  /** The API request under way, which its events name; null for what time or a page causes. */
  cause: { id: string; idempotencyKey: string | null } | null;
}
