import { setTimeout as sleep } from "node:timers/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "svix";
import { expect, onTestFinished, test } from "vitest";
import { SVIX_RETRY_SCHEDULE_MS } from "../../../local/webhooks/queue.ts";
import { signUp, startTestClerk, startWebhookReceiver, TestBrowser } from "./harness.ts";

const EMAIL = "ada+clerk_test@example.com";

test("a sign-up is told to the app with everything that was given, signed", async () => {
  const hook = await startWebhookReceiver();
  const { clerk } = await startTestClerk({ webhookUrl: hook.url });
  const { response } = await signUp(new TestBrowser(clerk), EMAIL, {
    first_name: "Ada",
    unsafe_metadata: { companyName: "Sunny Roofs", plan: "pro" },
  });
  await expect.poll(() => hook.heard).toHaveLength(2);
  const [created] = hook.ofType("user.created");
  expect(created?.data).toMatchObject({
    id: response.created_user_id,
    object: "user",
    first_name: "Ada",
    unsafe_metadata: { companyName: "Sunny Roofs", plan: "pro" },
    email_addresses: [{ email_address: EMAIL, verification: { status: "verified" } }],
  });
  expect(hook.ofType("session.created")[0]?.data).toMatchObject({
    id: response.created_session_id,
    user_id: response.created_user_id,
    status: "active",
  });
  expect(created?.headers["content-type"]).toBe("application/json");
  new Webhook(clerk.webhookSecret).verify(created?.body ?? "", created?.headers ?? {});
});

test("neither the password nor its hash is told", async () => {
  const hook = await startWebhookReceiver();
  const { clerk } = await startTestClerk({ webhookUrl: hook.url });
  await signUp(new TestBrowser(clerk), EMAIL, { password: "unmistakable words" });
  await expect.poll(() => hook.heard).toHaveLength(2);
  expect(hook.heard.map(({ body }) => body).join()).not.toMatch(/unmistakable|scrypt/);
});

test("an event is repeated under the same id until it is answered 2xx, then no more", async () => {
  const hook = await startWebhookReceiver(500, 301, 404, 204);
  const { clerk } = await startTestClerk({
    webhookUrl: hook.url,
    webhookRetryScheduleMs: [0, 20, 20, 20, 20, 20],
  });
  const { response } = await makeUser(clerk);
  await expect.poll(() => hook.heard.map(({ status }) => status)).toEqual([500, 301, 404, 204]);
  await sleep(150);
  expect(hook.heard).toHaveLength(4);
  expect(new Set(hook.heard.map(({ id }) => id)).size).toBe(1);
  expect(new Set(hook.heard.map(({ body }) => body)).size).toBe(1);
  for (const { body, headers, data } of hook.heard) {
    new Webhook(clerk.webhookSecret).verify(body, headers);
    expect(data.id).toBe(response.id);
  }
});

test("an event nobody takes is given up at the end of the schedule", async () => {
  const lines: string[] = [];
  const hook = await startWebhookReceiver(500);
  const { clerk } = await startTestClerk({
    webhookUrl: hook.url,
    webhookRetryScheduleMs: [0, 10, 10],
    onLog: (line) => lines.push(line),
  });
  await makeUser(clerk);
  await expect
    .poll(() => lines.filter((line) => line.includes("no more attempts")))
    .toHaveLength(1);
  await sleep(100);
  expect(hook.heard).toHaveLength(3);
});

test("an app that is down delays nothing and is told when it is back", async () => {
  const placeholder = createServer();
  await new Promise<void>((resolve) => placeholder.listen(0, "127.0.0.1", resolve));
  const { port } = placeholder.address() as AddressInfo;
  await new Promise((resolve) => placeholder.close(resolve));
  const { clerk } = await startTestClerk({
    webhookUrl: `http://127.0.0.1:${port}/`,
    webhookRetryScheduleMs: [0, ...Array.from({ length: 100 }, () => 30)],
  });
  expect((await makeUser(clerk)).status).toBe(200);
  await sleep(100);
  let heard = 0;
  const app = createServer((request, answer) => {
    heard += 1;
    request.resume();
    answer.end();
  });
  onTestFinished(() => {
    app.closeAllConnections();
    app.close();
  });
  await new Promise<void>((resolve) => app.listen(port, "127.0.0.1", resolve));
  await expect.poll(() => heard).toBe(1);
});

test("many events at once are each delivered once", async () => {
  const hook = await startWebhookReceiver();
  const { clerk } = await startTestClerk({ webhookUrl: hook.url });
  const made = Array.from({ length: 40 }, (_, i) => makeUser(clerk, `user${i}@example.com`));
  const ids = (await Promise.all(made)).map(({ response }) => response.id);
  await expect.poll(() => hook.heard.length, { timeout: 5000 }).toBeGreaterThanOrEqual(40);
  await sleep(50);
  expect(hook.heard.map(({ data }) => data.id).sort()).toEqual(ids.sort());
});

test("a refused change leaves no event", async () => {
  const hook = await startWebhookReceiver();
  const { clerk } = await startTestClerk({ webhookUrl: hook.url });
  await makeUser(clerk);
  const taken = await makeUser(clerk);
  expect(taken.status).toBe(422);
  await expect.poll(() => hook.heard).toHaveLength(1);
  await sleep(50);
  expect(hook.heard).toHaveLength(1);
});

test("the schedule is Svix's unless told otherwise", () => {
  const [second, minute, hour] = [1000, 60_000, 3_600_000];
  expect(SVIX_RETRY_SCHEDULE_MS).toEqual([
    0,
    5 * second,
    5 * minute,
    30 * minute,
    2 * hour,
    5 * hour,
    10 * hour,
    10 * hour,
  ]);
});

/** Makes a user through the back-end API: exactly one event. */
async function makeUser(clerk: { url: string; secretKey: string }, email = EMAIL) {
  const answer = await fetch(`${clerk.url}/v1/users`, {
    method: "POST",
    headers: { Authorization: `Bearer ${clerk.secretKey}` },
    body: JSON.stringify({ email_address: [email], password: "correct horse battery" }),
  });
  return { status: answer.status, response: (await answer.json()) as { id: string } };
}
