/** What survives a kill -9 and a restart. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { LocalMail, MailOptions } from "../../../local/mail/server.ts";
import { startWebhookReceiver, temporaryFolder } from "../clerk/harness.ts";
import { clientOf, FROM, mailboxOf } from "./harness.ts";

const mailNumber = (i: number) => ({
  from: FROM,
  to: `person${i}@example.com`,
  subject: `Mail ${i}`,
  text: "Hi",
});

/** Runs the mail server in a process that can be killed without warning. */
async function startProcess(options: Partial<MailOptions> & { dataDir: string }) {
  const script = fileURLToPath(new URL("mailProcess.ts", import.meta.url));
  const defaults = { port: 0, webhookUrl: "http://127.0.0.1:9/", webhookRetryScheduleMs: [0] };
  const child = spawn(process.execPath, [script, JSON.stringify({ ...defaults, ...options })], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return {
    mail: JSON.parse(line) as LocalMail,
    async kill() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

test("killed in the middle of sending, it keeps every mail that it acknowledged, and repetitions double none", async () => {
  const dataDir = temporaryFolder();
  const first = await startProcess({ dataDir });
  const client = clientOf(first.mail);
  const acknowledged = new Map<number, string>();
  const enough = Promise.withResolvers<void>();
  const all = Array.from({ length: 200 }, (_, i) => i);
  const sending = all.map(async (i) => {
    const { data } = await client.emails.send(mailNumber(i), { idempotencyKey: `mail/${i}` });
    if (!data) return;
    acknowledged.set(i, data.id);
    if (acknowledged.size === 40) enough.resolve();
  });
  await enough.promise;
  await first.kill();
  await Promise.all(sending);

  const { mail } = await startProcess({ dataDir });
  expect(mail.apiKey).toBe(first.mail.apiKey);
  expect(mail.webhookSecret).toBe(first.mail.webhookSecret);
  const kept = new Set((await mailboxOf(mail)).map(({ id }) => id));
  for (const id of acknowledged.values()) expect(kept).toContain(id);
  for (const i of all) {
    const { data } = await clientOf(mail).emails.send(mailNumber(i), {
      idempotencyKey: `mail/${i}`,
    });
    if (acknowledged.has(i)) expect(data?.id).toBe(acknowledged.get(i));
  }
  const subjects = (await mailboxOf(mail)).map(({ subject }) => subject);
  expect(subjects.sort()).toEqual(all.map((i) => `Mail ${i}`).sort());
});

test("an event that was not delivered before the kill is delivered after it, under the same id", async () => {
  const dataDir = temporaryFolder();
  const hook = await startWebhookReceiver(500, 500, 200);
  const options = { dataDir, webhookUrl: hook.url, webhookRetryScheduleMs: [0, 1_000] };
  const first = await startProcess(options);
  await clientOf(first.mail).emails.send(mailNumber(1));
  await expect.poll(() => hook.heard, { timeout: 5_000 }).toHaveLength(2);
  await first.kill();

  await startProcess(options);
  await expect.poll(() => hook.heard, { timeout: 10_000 }).toHaveLength(4);
  const [before, after] = [hook.heard.slice(0, 2), hook.heard.slice(2)];
  expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
});

test("the keys are readable by their owner only", async () => {
  const dataDir = temporaryFolder();
  await startProcess({ dataDir });
  expect(statSync(join(dataDir, "keys.json")).mode & 0o777).toBe(0o600);
});
