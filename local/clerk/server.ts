/**
 * The local Clerk: Clerk's Frontend and Back-end APIs, its webhooks and its script CDN, as far as Sunup
 * uses them, on 127.0.0.1 only. The app talks to it with Clerk's own SDKs and cannot tell the difference.
 */
import { findRoute } from "../http/routes.ts";
import type { HttpReply, HttpRequest, Route } from "../http/routes.ts";
import { listenLocally } from "../http/server.ts";
import type { ClerkMail } from "../mail/clerkMail.ts";
import { WebhookQueue } from "../webhooks/queue.ts";
import { svixSigner } from "../webhooks/svix.ts";
import { invitationRoutes } from "./bapi/invitations.ts";
import { keyRoutes } from "./bapi/jwks.ts";
import { sessionRoutes } from "./bapi/sessions.ts";
import { userRoutes } from "./bapi/users.ts";
import type { Clerk } from "./clerk.ts";
import { clerkEvents } from "./events.ts";
import { frontendRoutes } from "./fapi/routes.ts";
import { errorReply, MAX_BODY_BYTES, meantRequest } from "./http.ts";
import type { ClerkKeys } from "./keys.ts";
import { cookieSuffix, loadKeys, publicKeyPem, publishableKeyFor } from "./keys.ts";
import { isScriptPath, serveScript } from "./scripts.ts";
import { Store } from "./store.ts";
import { Tokens } from "./tokens.ts";

export interface ClerkOptions {
  /** 0 takes any free port. */
  port: number;
  dataDir: string;
  /** The app's own address, e.g. "http://localhost:3000". */
  appUrl: string;
  /** Where events are posted, e.g. "http://127.0.0.1:3000/api/webhooks/clerk". */
  webhookUrl: string;
  /** Takes the mails over that Clerk sends: codes and invitations. */
  sendMail: (mail: ClerkMail) => void;
  /** Keys to use (and keep) instead of those in the data folder. */
  keys?: Partial<ClerkKeys>;
  /** Waiting times before each attempt to deliver an event, in milliseconds; Svix's unless given. */
  webhookRetryScheduleMs?: readonly number[];
  /** The clock by which codes, sessions and tokens age; for tests. */
  now?: () => number;
  onLog?: (line: string) => void;
}

export interface LocalClerk {
  /** Where it answers; also the issuer of its tokens. */
  url: string;
  publishableKey: string;
  secretKey: string;
  webhookSecret: string;
  jwtPublicKeyPem: string;
  issuer: string;
  /** Stops answering and delivering. What is not yet delivered is delivered by the next run. */
  close(): Promise<void>;
}

const ROUTES: Route<Clerk>[] = [
  ...frontendRoutes,
  ...userRoutes,
  ...invitationRoutes,
  ...sessionRoutes,
  ...keyRoutes,
];

/** Starts the local Clerk. Throws when the port is taken or the data folder cannot be used. */
export async function startClerk(options: ClerkOptions): Promise<LocalClerk> {
  const log = options.onLog ?? console.error;
  const now = options.now ?? Date.now;
  const keys = loadKeys(options.dataDir, options.keys);
  const store = new Store(options.dataDir);
  const server = await listenLocally(options.port).catch((error: unknown) => {
    store.close();
    throw error;
  });
  const publishableKey = publishableKeyFor(new URL(server.url).host);
  const webhooks = new WebhookQueue({
    name: "clerk",
    deliveries: store.deliveries,
    url: options.webhookUrl,
    sign: svixSigner(keys.webhookSecret),
    scheduleMs: options.webhookRetryScheduleMs,
    log,
  });
  const clerk: Clerk = {
    store,
    keys,
    tokens: new Tokens(keys, server.url, now),
    sendMail: options.sendMail,
    webhooks: clerkEvents(webhooks),
    issuer: server.url,
    publishableKey,
    cookieSuffix: cookieSuffix(publishableKey),
    appUrl: options.appUrl.replace(/\/$/, ""),
    now,
  };
  server.serve({
    maxBodyBytes: MAX_BODY_BYTES,
    answer: (request) => answer(clerk, meantRequest(request)),
    refuse: (error) => errorReply(error, log),
  });
  webhooks.start();
  return {
    url: server.url,
    publishableKey,
    secretKey: keys.secretKey,
    webhookSecret: keys.webhookSecret,
    jwtPublicKeyPem: publicKeyPem(keys),
    issuer: server.url,
    async close() {
      await Promise.all([webhooks.stop(), server.close()]);
      store.close();
    },
  };
}

function answer(clerk: Clerk, request: HttpRequest): Promise<HttpReply> | HttpReply {
  if (request.method === "GET" && isScriptPath(request.path)) return serveScript(request);
  const { route, params } = findRoute(ROUTES, request);
  return route.handle(clerk, request, params);
}
