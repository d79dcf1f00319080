import { execFileSync, fork } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClerkClient } from "@clerk/backend";
import { LOG_STREAM_PATH } from "../../../lib/logStream.ts";
import { startClerk } from "../../../local/clerk/server.ts";
import { startMail } from "../../../local/mail/server.ts";
import { newSecret } from "../../../local/storage/secrets.ts";

const ROOT = join(import.meta.dirname, "../../..");
const CLERK_PORT = 14_660;
const CONVEX_PORT = 14_661;
const SITE_PORT = 14_662;
const MAIL_PORT = 14_663;
const APP_URL = "http://localhost:14664";

export type Deployment = Awaited<ReturnType<typeof startDeployment>>;

/**
 * What customers reach but for the pages: Clerk, whose webhooks go straight to Convex, the mail
 * server, and Sunup's functions on an engine in a process of its own, with its log stream on.
 */
export async function startDeployment() {
  const folder = mkdtempSync(join(tmpdir(), "sunup-bench-"));
  const stops: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const siteUrl = `http://127.0.0.1:${SITE_PORT}`;
    const quiet = { onLog: () => {} };
    const mail = await startMail({
      ...quiet,
      port: MAIL_PORT,
      dataDir: join(folder, "mail"),
      webhookUrl: `${siteUrl}/webhooks/resend`,
    });
    stops.push(() => mail.close());
    const clerk = await startClerk({
      ...quiet,
      port: CLERK_PORT,
      dataDir: join(folder, "clerk"),
      appUrl: APP_URL,
      webhookUrl: `${siteUrl}/webhooks/clerk`,
      sendMail: (sent) => mail.deliver(sent),
    });
    stops.push(() => clerk.close());
    const logStreamSecret = newSecret();
    const engine = startEngine(join(folder, "convex"), logStreamSecret, {
      APP_URL,
      CLERK_JWT_ISSUER_DOMAIN: clerk.issuer,
      CLERK_WEBHOOK_SIGNING_SECRET: clerk.webhookSecret,
      CLERK_SECRET_KEY: clerk.secretKey,
      CLERK_API_URL: clerk.url,
      RESEND_API_KEY: mail.apiKey,
      RESEND_BASE_URL: mail.url,
      RESEND_WEBHOOK_SECRET: mail.webhookSecret,
      LOG_STREAM_SECRET: logStreamSecret,
      EMAIL_FROM: "Sunup <hello@sunup.example>",
    });
    stops.push(() => engine.stop());
    return {
      clerk: createClerkClient({ secretKey: clerk.secretKey, apiUrl: clerk.url }),
      convexUrl: await engine.ready,
      /** Resident memory of the engine, MB (10^6 bytes). */
      memoryMb: () => residentMb(engine.pid),
      /** Processor time that the engine has had, ms; null where the machine does not tell. */
      processorMs: () => processorMs(engine.pid),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function startEngine(dataDir: string, secret: string, variables: Record<string, string>) {
  const child = fork(
    join(ROOT, "local/convex/main.ts"),
    [
      ...["--functions", join(ROOT, "convex"), "--data", dataDir],
      ...["--port", String(CONVEX_PORT), "--site-port", String(SITE_PORT)],
      ...["--log-stream", LOG_STREAM_PATH],
      ...Object.entries(variables).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
    ],
    { silent: true, env: { ...process.env, CONVEX_LOG_STREAM_SECRET: secret } },
  );
  // Read, so that it never waits for somebody to do so.
  child.stdout?.resume();
  let problems = "";
  child.stderr?.on("data", (chunk: Buffer) => (problems += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ready = new Promise<string>((resolve, reject) => {
    child.once("message", (message) => resolve((message as { url: string }).url));
    void ended.then(() => reject(new Error(`The engine did not start:\n${problems}`)));
  });
  return {
    pid: child.pid ?? 0,
    ready,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function residentMb(pid: number): number {
  const kilobytes = execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" });
  return (Number(kilobytes) * 1024) / 1e6;
}

/** Ticks of a hundredth of a second, as Linux counts for every process. */
function processorMs(pid: number): number | null {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  // After the name, which is in brackets: user time is the 12th field there, system time the 13th.
  const fields = readFileSync(file, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
