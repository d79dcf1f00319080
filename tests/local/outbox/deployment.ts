/** Sunup's functions on the engine, in a process that can be killed, with the local mail server beside it. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { ConvexHttpClient } from "convex/browser";
import { onTestFinished } from "vitest";
import { startMail, type LocalMail } from "../../../local/mail/server.ts";
import type { Doc } from "../../../convex/_generated/dataModel.js";
import { temporaryFolder } from "../clerk/harness.ts";
import { rowsOf } from "../convex/storedRows.ts";

const MAIN = fileURLToPath(new URL("../../../local/convex/main.ts", import.meta.url));
const FUNCTIONS = fileURLToPath(new URL("../../../convex", import.meta.url));

type Ready = { url: string; siteUrl: string; adminKey: string };

export type Deployment = {
  mail: LocalMail;
  /** Calls an internal function, as an operator can. */
  run(path: string, args: object): Promise<unknown>;
  /** Sets a company up, which queues its welcome mail. */
  signUp(key: string): Promise<{ address: string }>;
  /** The newest mail to an address, as Convex has stored it. */
  mailTo(address: string): Doc<"emails"> | undefined;
  /** Ends the engine as `kill -9` does. */
  kill(): Promise<void>;
  /** Starts the engine again on the same data. */
  restart(): Promise<void>;
};

/** `reports: false`: Resend's webhooks do not get through. */
export async function startDeployment({ reports = true } = {}): Promise<Deployment> {
  const hook = await startRelay();
  const mail = await startMail({
    port: 0,
    dataDir: temporaryFolder(),
    webhookUrl: hook.url,
    webhookRetryScheduleMs: [0, 1_000, 1_000, 1_000],
    onLog: () => undefined,
  });
  onTestFinished(() => mail.close());
  const dataDir = temporaryFolder();
  let engine = await start();

  async function start() {
    const started = await startEngine(dataDir, mail);
    if (reports) hook.target = `${started.siteUrl}/webhooks/resend`;
    return started;
  }
  const run = async (path: string, args: object) => {
    const client = new ConvexHttpClient(engine.url, { logger: false }) as ConvexHttpClient & {
      setAdminAuth(adminKey: string): void;
      function(path: string, component: undefined, args: object): Promise<unknown>;
    };
    client.setAdminAuth(engine.adminKey);
    return await client.function(path, undefined, args);
  };
  return {
    mail,
    run,
    async signUp(key) {
      const address = `admin@${key}.example`;
      await run("provisioning:ensureTenantOf", {
        ...{ clerkUserId: `user_${key}`, email: address, name: "Ada" },
        ...{ companyName: `${key} Solar`, plan: "starter" },
      });
      return { address };
    },
    mailTo: (address) => rowsOf(dataDir, "emails").findLast(({ to }) => to === address),
    kill: () => engine.kill(),
    async restart() {
      engine = await start();
    },
  };
}

async function startEngine(dataDir: string, mail: LocalMail) {
  const variables = {
    APP_URL: "http://localhost:5100",
    RESEND_API_KEY: mail.apiKey,
    RESEND_BASE_URL: mail.url,
    RESEND_WEBHOOK_SECRET: mail.webhookSecret,
    EMAIL_FROM: "Sunup <hello@sunup.example>",
    CLERK_JWT_ISSUER_DOMAIN: "http://127.0.0.1:9",
  };
  const child = fork(
    MAIN,
    [
      ...["--functions", FUNCTIONS, "--data", dataDir, "--port", "0", "--site-port", "0"],
      ...Object.entries(variables).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
    ],
    { stdio: ["ignore", "ignore", "ignore", "ipc"] },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit");
  const [ready] = (await Promise.race([once(child, "message"), ended])) as [Ready | number];
  if (typeof ready !== "object") throw new Error(`The engine ended with ${ready}.`);
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  return { ...ready, kill };
}

/** Hands webhooks on to the engine, whose address is another one after a restart. */
async function startRelay(): Promise<{ url: string; target: string }> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.entries(request.headers).filter(([name]) => name.startsWith("svix-"));
    const answer = await fetch(relay.target, {
      method: "POST",
      headers: headers as [string, string][],
      body: Buffer.concat(chunks),
    }).catch(() => null);
    response.writeHead(answer?.status ?? 502).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const relay = { url: `http://127.0.0.1:${port}/`, target: "" };
  return relay;
}
