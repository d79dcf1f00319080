/**
 * The local mail server: Resend's API as far as Sunup uses it, its webhooks, and the mailbox in which
 * every mail can be read, on 127.0.0.1 only. Nothing leaves this machine. The app talks to it with
 * Resend's own client and cannot tell the difference.
 */
import { findRoute } from "../http/routes.ts";
import type { HttpReply, Route } from "../http/routes.ts";
import { listenLocally } from "../http/server.ts";
import type { HANG_UP } from "../http/server.ts";
import { keepKeys } from "../storage/keptKeys.ts";
import { newSecret, newWebhookSecret } from "../storage/secrets.ts";
import { WebhookQueue } from "../webhooks/queue.ts";
import { svixSigner } from "../webhooks/svix.ts";
import { deliverClerkMail } from "./clerkMail.ts";
import type { ClerkMail } from "./clerkMail.ts";
import { controlRoutes } from "./control.ts";
import { emailRoutes } from "./emails.ts";
import { errorReply } from "./errors.ts";
import { Failures } from "./failures.ts";
import { Idempotency } from "./idempotency.ts";
import type { MailServer } from "./mail.ts";
import { Mailbox } from "./mailbox.ts";
import { mailboxRoutes } from "./mailboxRoutes.ts";
import { MailStore } from "./store.ts";

export interface MailOptions {
  /** 0 takes any free port. */
  port: number;
  dataDir: string;
  /** Where events are posted, e.g. "http://127.0.0.1:3211/webhooks/resend". */
  webhookUrl: string;
  /** Waiting times before each attempt to deliver an event, in milliseconds; Svix's unless given. */
  webhookRetryScheduleMs?: readonly number[];
  /** The clock by which idempotency keys age; for tests. */
  now?: () => number;
  onLog?: (line: string) => void;
}

export interface LocalMail {
  /** Where Resend's API answers. */
  url: string;
  mailboxUrl: string;
  apiKey: string;
  webhookSecret: string;
  /** Puts a mail of the local Clerk into the mailbox. */
  deliver(mail: ClerkMail): void;
  /** Stops answering and delivering. What is not yet delivered is delivered by the next run. */
  close(): Promise<void>;
}

/** Resend takes 40 MB of attachments in base64, and some text around them. */
const MAX_BODY_BYTES = 42 * 1024 * 1024;

const ROUTES: Route<MailServer, HttpReply | typeof HANG_UP>[] = [
  ...emailRoutes,
  ...mailboxRoutes,
  ...controlRoutes,
];

/** Starts the local mail server. Throws when the port is taken or the data folder cannot be used. */
export async function startMail(options: MailOptions): Promise<LocalMail> {
  const log = options.onLog ?? console.error;
  const now = options.now ?? Date.now;
  const keys = keepKeys(options.dataDir, () => ({
    apiKey: `re_${newSecret()}`,
    webhookSecret: newWebhookSecret(),
  }));
  const store = new MailStore(options.dataDir);
  const http = await listenLocally(options.port).catch((error: unknown) => {
    store.close();
    throw error;
  });
  const webhooks = new WebhookQueue({
    name: "mail",
    deliveries: store.deliveries,
    url: options.webhookUrl,
    sign: svixSigner(keys.webhookSecret),
    scheduleMs: options.webhookRetryScheduleMs,
    log,
  });
  const mailbox = new Mailbox(store, now);
  const server: MailServer = {
    mailbox,
    idempotency: new Idempotency(store, now),
    failures: new Failures(),
    webhooks,
    apiKey: keys.apiKey,
    now,
  };
  http.serve({
    maxBodyBytes: MAX_BODY_BYTES,
    answer(request) {
      const { route, params } = findRoute(ROUTES, request);
      return route.handle(server, request, params);
    },
    refuse: (error) => errorReply(error, log),
  });
  webhooks.start();
  return {
    url: http.url,
    mailboxUrl: `${http.url}/mailbox`,
    apiKey: keys.apiKey,
    webhookSecret: keys.webhookSecret,
    deliver: (mail) => deliverClerkMail(mailbox, mail, now()),
    async close() {
      await Promise.all([webhooks.stop(), http.close()]);
      store.close();
    },
  };
}
