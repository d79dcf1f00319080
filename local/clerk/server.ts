/**
 * The local Clerk: Clerk's Frontend and Back-end APIs, its webhooks and its script CDN, as far as Sunup
 * uses them, on 127.0.0.1 only. The app talks to it with Clerk's own SDKs and cannot tell the difference.
 */
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { invitationRoutes } from "./bapi/invitations.ts";
import { keyRoutes } from "./bapi/jwks.ts";
import { sessionRoutes } from "./bapi/sessions.ts";
import { userRoutes } from "./bapi/users.ts";
import type { Clerk } from "./clerk.ts";
import { ClerkError } from "./errors.ts";
import { frontendRoutes } from "./fapi/routes.ts";
import type { HttpReply, Route } from "./http.ts";
import { errorReply, findRoute, readRequest, sendReply } from "./http.ts";
import type { ClerkKeys } from "./keys.ts";
import { cookieSuffix, loadKeys, publicKeyPem, publishableKeyFor } from "./keys.ts";
import { Mailbox } from "./mailbox.ts";
import { mailboxRoutes } from "./mailboxPage.ts";
import { isScriptPath, serveScript } from "./scripts.ts";
import { Store } from "./store.ts";
import { Tokens } from "./tokens.ts";
import { WebhookQueue } from "./webhooks.ts";

export interface ClerkOptions {
  /** 0 takes any free port. */
  port: number;
  dataDir: string;
  /** The app's own address, e.g. "http://localhost:3000". */
  appUrl: string;
  /** Where events are posted, e.g. "http://127.0.0.1:3000/api/webhooks/clerk". */
  webhookUrl: string;
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
  ...mailboxRoutes,
];

/** Starts the local Clerk. Throws when the port is taken or the data folder cannot be used. */
export async function startClerk(options: ClerkOptions): Promise<LocalClerk> {
  const log = options.onLog ?? console.error;
  const now = options.now ?? Date.now;
  const server = createServer();
  const keys = loadKeys(options.dataDir, options.keys);
  const store = new Store(options.dataDir);
  const port = await listen(server, options.port).catch((error: unknown) => {
    store.close();
    throw error;
  });
  const host = `127.0.0.1:${port}`;
  const issuer = `http://${host}`;
  const publishableKey = publishableKeyFor(host);
  const webhooks = new WebhookQueue({
    store,
    url: options.webhookUrl,
    secret: keys.webhookSecret,
    scheduleMs: options.webhookRetryScheduleMs,
    log,
  });
  const clerk: Clerk = {
    store,
    keys,
    tokens: new Tokens(keys, issuer, now),
    mailbox: new Mailbox(store, now),
    webhooks,
    issuer,
    publishableKey,
    cookieSuffix: cookieSuffix(publishableKey),
    appUrl: options.appUrl.replace(/\/$/, ""),
    now,
  };
  const hosts = new Set([host, `localhost:${port}`]);
  server.on("request", (incoming, outgoing) => void serve(clerk, hosts, incoming, outgoing, log));
  webhooks.start();
  return {
    url: issuer,
    publishableKey,
    secretKey: keys.secretKey,
    webhookSecret: keys.webhookSecret,
    jwtPublicKeyPem: publicKeyPem(keys),
    issuer,
    async close() {
      await Promise.all([webhooks.stop(), stopListening(server)]);
      store.close();
    },
  };
}

async function serve(
  clerk: Clerk,
  hosts: Set<string>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  log: (line: string) => void,
): Promise<void> {
  try {
    sendReply(outgoing, await reply(clerk, hosts, incoming));
  } catch (error) {
    // Whoever hung up in the middle of a request gets no answer.
    if (!incoming.destroyed || incoming.complete) sendReply(outgoing, errorReply(error, log));
  }
}

async function reply(
  clerk: Clerk,
  hosts: Set<string>,
  incoming: IncomingMessage,
): Promise<HttpReply> {
  // A foreign name that points to this machine would let its pages read the mailbox.
  if (!hosts.has(incoming.headers.host ?? "")) {
    throw new ClerkError(
      421,
      "host_invalid",
      "The local Clerk only answers at 127.0.0.1 and localhost.",
    );
  }
  const request = await readRequest(incoming);
  if (request.method === "GET" && isScriptPath(request.path)) return serveScript(request);
  const { route, params } = findRoute(ROUTES, request);
  return route.handle(clerk, request, params);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
