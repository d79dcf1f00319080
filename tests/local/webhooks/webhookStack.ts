/**
 * Clerk's way to a company, with every part on 127.0.0.1 and each able to be down: the local Clerk,
 * the app's webhook route on a server of its own, and the engine with Sunup's functions.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createClerkClient } from "@clerk/backend";
import { startClerk, type LocalClerk } from "../../../local/clerk/server.ts";
import { startConvex, type LocalConvex } from "../../../local/convex/server.ts";
import { openStore } from "../../../local/convex/store/store.ts";
import { receiveClerkWebhook } from "../../../lib/clerkWebhook.ts";

const FUNCTIONS = path.join(import.meta.dirname, "../../../convex");

export type WebhookStack = {
  clerk: LocalClerk;
  startApp(): Promise<void>;
  stopApp(): Promise<void>;
  startConvex(): Promise<LocalConvex>;
  stopConvex(): Promise<void>;
  /** What became of Clerk's attempts so far: the status of the app's answer, or null for none. */
  attempts: (number | null)[];
  /** A new user with a company's name; Clerk then sends `user.created`. */
  signUp(companyName: string): Promise<{ userId: string; email: string }>;
  /** Stops the engine and counts its rows. */
  countRows<Table extends string>(tables: readonly Table[]): Promise<Record<Table, number>>;
  close(): Promise<void>;
};

/** Only Clerk runs at first. It tries to deliver again every `retryMs`. */
export async function startWebhookStack(retryMs = 200): Promise<WebhookStack> {
  const folder = mkdtempSync(path.join(tmpdir(), "webhooks-"));
  const attempts: (number | null)[] = [];
  const [appPort, convexPort, sitePort] = await freePorts(3);
  const clerk = await startClerk({
    port: 0,
    dataDir: path.join(folder, "clerk"),
    appUrl: `http://localhost:${appPort}`,
    webhookUrl: `http://127.0.0.1:${appPort}/api/webhooks/clerk`,
    webhookRetryScheduleMs: [0, ...Array.from({ length: 1_000 }, () => retryMs)],
    sendMail: () => {},
    onLog: (line) => {
      if (/attempt \d+ got no answer/.test(line)) attempts.push(null);
    },
  });
  const clerkClient = createClerkClient({ secretKey: clerk.secretKey, apiUrl: clerk.url });
  const convexFolder = path.join(folder, "convex");
  let app: Server | undefined;
  let convex: LocalConvex | undefined;
  let count = 0;

  const stack: WebhookStack = {
    clerk,
    attempts,
    async startApp() {
      app = await serveApp(appPort, sitePort, clerk.webhookSecret, attempts);
    },
    async stopApp() {
      const server = app;
      if (!server) return;
      app = undefined;
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
    async startConvex() {
      convex = await startConvex({
        functionsDir: FUNCTIONS,
        dataDir: convexFolder,
        port: convexPort,
        sitePort,
        env: {
          CLERK_JWT_ISSUER_DOMAIN: clerk.issuer,
          CLERK_WEBHOOK_SIGNING_SECRET: clerk.webhookSecret,
        },
      });
      return convex;
    },
    async stopConvex() {
      await convex?.close();
      convex = undefined;
    },
    async signUp(companyName) {
      count += 1;
      const email = `founder-${count}+clerk_test@webhooks.example`;
      const { id } = await clerkClient.users.createUser({
        emailAddress: [email],
        password: "rooftop-panels-7",
        firstName: "Ada",
        unsafeMetadata: { companyName, plan: "pro" },
      });
      return { userId: id, email };
    },
    async countRows(tables) {
      await stack.stopConvex();
      const store = openStore({ file: path.join(convexFolder, "data.sqlite") });
      const snapshot = store.snapshot();
      const counts = tables.map((table) => [table, snapshot.count("", table)] as const);
      snapshot.close();
      await store.close();
      return Object.fromEntries(counts) as Record<(typeof tables)[number], number>;
    },
    async close() {
      await stack.stopApp();
      await clerk.close();
      await stack.stopConvex();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stack;
}

/** The code of app/api/webhooks/clerk, without the rest of Next. */
function serveApp(port: number, sitePort: number, secret: string, attempts: (number | null)[]) {
  const env = {
    CLERK_WEBHOOK_SIGNING_SECRET: secret,
    NEXT_PUBLIC_CONVEX_SITE_URL: `http://127.0.0.1:${sitePort}`,
  };
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request = new Request(`http://127.0.0.1:${port}${incoming.url}`, {
      method: "POST",
      headers: incoming.headers as Record<string, string>,
      body: new Uint8Array(Buffer.concat(chunks)),
    });
    const response = await receiveClerkWebhook(request, env, (work) => void work());
    attempts.push(response.status);
    outgoing.writeHead(response.status).end(await response.text());
  });
  return new Promise<Server>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

/** Ports that nobody uses now: a part that is down must come back where it was. */
async function freePorts(howMany: 3): Promise<[number, number, number]> {
  const servers = await Promise.all(
    Array.from(
      { length: howMany },
      () =>
        new Promise<Server>((resolve) => {
          const server = createServer().listen(0, "127.0.0.1", () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  return ports as [number, number, number];
}
