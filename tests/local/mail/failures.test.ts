/** Resend's failures on demand, as the product's tests switch them on. */
import { expect, test } from "vitest";
import { control, FROM, mailboxOf, startTestMail } from "./harness.ts";

const HELLO = { from: FROM, to: "ada@example.com", subject: "Hello", text: "Good morning" };

test("unreachable for two calls: nothing is done, then all is well", async () => {
  const { mail, resend } = await startTestMail();
  await control(mail, { failure: "unreachable", calls: 2 });
  for (let call = 0; call < 2; call += 1) {
    const { error } = await resend.emails.send(HELLO);
    expect(error).toMatchObject({ name: "application_error", statusCode: null });
  }
  expect(await mailboxOf(mail)).toEqual([]);
  expect((await resend.emails.send(HELLO)).error).toBeNull();
  expect(await mailboxOf(mail)).toHaveLength(1);
});

test("a lost answer: the mail was sent, and a repetition with its key sends no second one", async () => {
  const { mail, resend } = await startTestMail();
  const options = { idempotencyKey: "k" };
  await control(mail, { failure: "answer_lost", calls: 1 });
  expect((await resend.emails.send(HELLO, options)).error).toMatchObject({ statusCode: null });
  const [sent] = await mailboxOf(mail);
  expect((await resend.emails.send(HELLO, options)).data?.id).toBe(sent?.id);
  expect(await mailboxOf(mail)).toHaveLength(1);
});

test("a server error lasts until it is switched off", async () => {
  const { mail, resend } = await startTestMail();
  await control(mail, { failure: "server_error" });
  for (let call = 0; call < 3; call += 1) {
    const { error } = await resend.emails.send(HELLO);
    expect(error).toMatchObject({ statusCode: 500, name: "internal_server_error" });
  }
  expect(await mailboxOf(mail)).toEqual([]);
  await control(mail, { failure: "none" });
  expect((await resend.emails.send(HELLO)).error).toBeNull();
});

test("the rate limit is off unless it is switched on, and then lets so many a second through", async () => {
  const { mail, resend } = await startTestMail();
  const twelve = () => Promise.all(Array.from({ length: 12 }, () => resend.emails.send(HELLO)));
  expect((await twelve()).filter(({ error }) => error !== null)).toEqual([]);
  await control(mail, { failure: "rate_limit", perSecond: 0 });
  const refused = await resend.emails.send(HELLO);
  expect(refused.error).toMatchObject({ statusCode: 429, name: "rate_limit_exceeded" });
  expect(refused.headers).toMatchObject({ "retry-after": "1", "ratelimit-limit": "0" });
  await control(mail, { failure: "rate_limit", perSecond: 3 });
  const statuses = (await twelve()).map(({ error }) => error?.statusCode ?? 200);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(3);
  expect(statuses).toContain(429);
});

test("a slow call takes so much longer, and its mail arrives at its end", async () => {
  const { mail, resend } = await startTestMail();
  await control(mail, { failure: "slow", delayMs: 400, calls: 1 });
  const started = Date.now();
  const sending = resend.emails.send(HELLO);
  await expect.poll(() => state(mail.url)).toMatchObject({ failure: "none", callsSeen: 1 });
  expect(await mailboxOf(mail)).toEqual([]);
  expect((await sending).error).toBeNull();
  expect(Date.now() - started).toBeGreaterThanOrEqual(400);
  expect(await mailboxOf(mail)).toHaveLength(1);
});

test("the mailbox and Clerk's mails are not affected", async () => {
  const { mail } = await startTestMail();
  await control(mail, { failure: "unreachable" });
  mail.deliver({ to: "ada@example.com", subject: "424242", text: "x", code: "424242", link: null });
  expect(await mailboxOf(mail, "ada@example.com")).toMatchObject([{ code: "424242" }]);
});

test("a switch that is not understood changes nothing", async () => {
  const { mail, resend } = await startTestMail();
  for (const wrong of [
    {},
    { failure: "fire" },
    { failure: "slow", delayMs: -1 },
    { failure: "unreachable", calls: 0 },
    { failure: "rate_limit", perSecond: "2" },
    [],
    null,
  ]) {
    expect((await control(mail, wrong)).status, JSON.stringify(wrong)).toBe(422);
  }
  expect((await resend.emails.send(HELLO)).error).toBeNull();
});

test("no web page can throw a switch", async () => {
  const { mail } = await startTestMail();
  const body = JSON.stringify({ failure: "unreachable" });
  const json = { "content-type": "application/json" };
  for (const headers of [
    { "content-type": "text/plain" },
    { ...json, origin: "https://evil.example" },
    { ...json, origin: "null" },
    { ...json, origin: mail.url },
  ] as Record<string, string>[]) {
    const answer = await fetch(`${mail.url}/__control`, { method: "POST", headers, body });
    expect(answer.status).toBe(403);
  }
  const asked = await fetch(`${mail.url}/__control`, {
    method: "OPTIONS",
    headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
  });
  expect(asked.headers.get("access-control-allow-origin")).toBeNull();
  expect(await state(mail.url)).toMatchObject({ failure: "none" });
});

async function state(url: string): Promise<unknown> {
  return await (await fetch(`${url}/__control`)).json();
}
