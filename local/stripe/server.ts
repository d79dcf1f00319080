/**
 * The local Stripe: the parts of Stripe's API that Sunup uses, its hosted pages and its webhooks, on
 * 127.0.0.1 only. The app talks to it with the real `stripe` client and cannot tell the difference.
 */
import type { HttpReply, HttpRequest } from "../http/routes.ts";
import { listenLocally } from "../http/server.ts";
import type { Account } from "./account.ts";
import { Ticker } from "./agenda.ts";
import { answerApi, refusal } from "./api/answer.ts";
import { forgetOldKeys } from "./api/idempotency.ts";
import { ensurePrice, type CatalogEntry } from "./billing/catalog.ts";
import { CONTROL_PATH, answerControl } from "./control.ts";
import { Outbox } from "./events/outbox.ts";
import { loadKeys, type StripeKeys } from "./keys.ts";
import { answerPage } from "./pages/routes.ts";
import { Store } from "./store.ts";
import { Time } from "./time.ts";

/** In bytes. Stripe's requests are small; anything larger is a mistake or an attack. */
const MAX_BODY_BYTES = 256 * 1024;
/** Older events are forgotten at a start; Stripe forgets them after 30 days. */
const KEPT_EVENTS = 10_000;

export interface StripeOptions {
  /** 0 takes any free port. */
  port: number;
  dataDir: string;
  /** Where events are posted, e.g. "http://127.0.0.1:3211/webhooks/stripe". */
  webhookUrl: string;
  /** The event types that are posted; all unless given. */
  webhookEvents?: readonly string[];
  /** What the pages call the seller. */
  businessName?: string;
  /** Keys to use (and keep) instead of those in the data folder. */
  keys?: Partial<StripeKeys>;
  /** Waiting times before each attempt to deliver an event, in milliseconds; Stripe's unless given. */
  webhookRetryScheduleMs?: readonly number[];
  /** The machine's clock in milliseconds; for tests. */
  now?: () => number;
  onLog?: (line: string) => void;
}

export interface LocalStripe {
  /** Where it answers, e.g. "http://127.0.0.1:3402". */
  url: string;
  secretKey: string;
  webhookSecret: string;
  /** The id of the price with this lookup key, which is made if need be. */
  ensurePrice(entry: CatalogEntry): string;
  /** Stops answering and delivering. What is not yet delivered is delivered by the next run. */
  close(): Promise<void>;
}

/** Starts the local Stripe. Throws when the port is taken or the data folder cannot be used. */
export async function startStripe(options: StripeOptions): Promise<LocalStripe> {
  const log = options.onLog ?? console.error;
  const server = await listenLocally(options.port);
  const keys = loadKeys(options.dataDir, options.keys);
  const store = new Store(options.dataDir);
  const outbox = new Outbox({
    store,
    url: options.webhookUrl,
    secret: keys.webhookSecret,
    enabledEvents: options.webhookEvents ?? ["*"],
    scheduleMs: options.webhookRetryScheduleMs,
    log,
  });
  const account: Account = {
    store,
    keys,
    outbox,
    time: new Time(store, options.now ?? Date.now),
    url: server.url,
    businessName: options.businessName ?? "Sunup",
    cause: null,
  };
  const ticker = new Ticker(account, log);
  forgetOldKeys(account);
  store.events.keepNewest(KEPT_EVENTS);
  server.serve({
    maxBodyBytes: MAX_BODY_BYTES,
    async answer(request) {
      const reply = await answer(account, request, log);
      ticker.tick();
      return reply;
    },
    refuse: (error) => ({
      ...refusal(error, log),
      headers: { "Content-Type": "application/json" },
    }),
  });
  ticker.tick();
  outbox.start();
  return {
    url: server.url,
    secretKey: keys.secretKey,
    webhookSecret: keys.webhookSecret,
    ensurePrice: (entry) => store.transaction(() => ensurePrice(account, entry)),
    async close() {
      ticker.stop();
      await Promise.all([outbox.stop(), server.close()]);
      store.close();
    },
  };
}

function answer(
  account: Account,
  request: HttpRequest,
  log: (line: string) => void,
): HttpReply | Promise<HttpReply> {
  if (request.path.startsWith("/v1/") || request.path.startsWith("/v2/")) {
    return answerApi(account, request, log);
  }
  if (request.path === CONTROL_PATH) return answerControl(account, request, log);
  return answerPage(account, request);
}
