/** What survives a kill -9 and a restart. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { decodeJwt } from "jose";
import { expect, onTestFinished, test } from "vitest";
import type { ClerkOptions } from "../../../local/clerk/server.ts";
import {
  APP_URL,
  codeFor,
  PASSWORD,
  signUp,
  startSignUp,
  startWebhookReceiver,
  temporaryFolder,
  TestBrowser,
  type ClerkWithMailbox,
} from "./harness.ts";

const EMAIL = "ada+clerk_test@example.com";
const NOBODY = "http://127.0.0.1:9/nobody-listens";

/** Runs the local Clerk in a process that can be killed without warning. */
async function startProcess(options: Partial<ClerkOptions> & { dataDir: string }) {
  const script = fileURLToPath(new URL("clerkProcess.ts", import.meta.url));
  const defaults = { port: 0, appUrl: APP_URL, webhookUrl: NOBODY, webhookRetryScheduleMs: [0] };
  const child = spawn(process.execPath, [script, JSON.stringify({ ...defaults, ...options })], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const clerk = JSON.parse(line) as ClerkWithMailbox;
  return {
    clerk,
    port: Number(new URL(clerk.url).port),
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

test("an event that was refused before a kill is delivered after it, under the same id", async () => {
  const dataDir = temporaryFolder();
  const hook = await startWebhookReceiver(500, 500, 200);
  const schedule = { webhookUrl: hook.url, webhookRetryScheduleMs: [0, 1000] };
  const first = await startProcess({ dataDir, ...schedule });
  await signUp(new TestBrowser(first.clerk), EMAIL);
  await expect.poll(() => hook.heard).toHaveLength(2);
  await first.kill();

  await startProcess({ dataDir, ...schedule });
  await expect.poll(() => hook.heard, { timeout: 5000 }).toHaveLength(4);
  const [before, after] = [hook.heard.slice(0, 2), hook.heard.slice(2)];
  expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
  expect(after.map(({ type }) => type).sort()).toEqual(["session.created", "user.created"]);
});

test("an event whose delivery a kill broke off is delivered after it, under the same id", async () => {
  const dataDir = temporaryFolder();
  const ids: string[] = [];
  const silent = createServer((request) => ids.push(String(request.headers["svix-id"])));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const silentUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
  const first = await startProcess({ dataDir, webhookUrl: silentUrl });
  await signUp(new TestBrowser(first.clerk), EMAIL);
  await expect.poll(() => ids).toHaveLength(2);
  await first.kill();

  const hook = await startWebhookReceiver();
  await startProcess({ dataDir, webhookUrl: hook.url });
  await expect.poll(() => hook.heard.map(({ id }) => id).sort()).toEqual(ids.sort());
});

test("users, sessions and keys are the same after a kill", async () => {
  const dataDir = temporaryFolder();
  const first = await startProcess({ dataDir });
  const browser = new TestBrowser(first.clerk);
  const { response } = await signUp(browser, EMAIL);
  await first.kill();

  const second = await startProcess({ dataDir, port: first.port });
  expect(second.clerk).toEqual({ ...first.clerk, mailboxUrl: second.clerk.mailboxUrl });
  const token = await browser.post(`/client/sessions/${response.created_session_id}/tokens`);
  expect(decodeJwt(token.body.jwt).sub).toBe(response.created_user_id);
  const again = await new TestBrowser(second.clerk).post("/client/sign_ins", {
    identifier: EMAIL,
    password: PASSWORD,
  });
  expect(again.response.status).toBe("complete");
});

test("a sign-up that waits for its code goes on after a kill", async () => {
  const dataDir = temporaryFolder();
  const first = await startProcess({ dataDir });
  const browser = new TestBrowser(first.clerk);
  const attempt = await startSignUp(browser, "ada@example.com");
  await first.kill();

  const second = await startProcess({ dataDir, port: first.port });
  const done = await attempt(await codeFor(second.clerk, "ada@example.com"));
  expect(done.response.status).toBe("complete");
});

test("the keys are readable by their owner only", async () => {
  const dataDir = temporaryFolder();
  await startProcess({ dataDir });
  expect(statSync(join(dataDir, "keys.json")).mode & 0o777).toBe(0o600);
});
