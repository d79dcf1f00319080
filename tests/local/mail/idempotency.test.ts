/** An idempotency key makes a request safe to repeat: one mail, one answer. */
import { expect, test } from "vitest";
import { temporaryFolder } from "../clerk/harness.ts";
import { clientOf, control, FROM, mailboxOf, startTestMail } from "./harness.ts";

const HELLO = { from: FROM, to: "ada@example.com", subject: "Hello", text: "Good morning" };
const HOUR = 60 * 60_000;

test("a repeated request gets the same answer and sends no second mail", async () => {
  const { mail, resend } = await startTestMail();
  const options = { idempotencyKey: "welcome/42" };
  const first = await resend.emails.send(HELLO, options);
  const second = await resend.emails.send(HELLO, options);
  expect(second.data).toEqual(first.data);
  expect(await mailboxOf(mail)).toHaveLength(1);
  const other = await resend.emails.send(HELLO, { idempotencyKey: "welcome/43" });
  expect(other.data?.id).not.toBe(first.data?.id);
  expect(await mailboxOf(mail)).toHaveLength(2);
});

test("another mail under the same key is refused, also as a batch", async () => {
  const { mail, resend } = await startTestMail();
  const options = { idempotencyKey: "k" };
  await resend.emails.send(HELLO, options);
  const changed = await resend.emails.send({ ...HELLO, subject: "Bye" }, options);
  const batch = await resend.batch.send([HELLO], options);
  for (const { error } of [changed, batch]) {
    expect(error).toMatchObject({ statusCode: 409, name: "invalid_idempotent_request" });
  }
  expect(await mailboxOf(mail)).toHaveLength(1);
});

test("two at once: one is sent, the other is told to wait, and may repeat later", async () => {
  const { mail, resend } = await startTestMail();
  const options = { idempotencyKey: "k" };
  await control(mail, { failure: "slow", delayMs: 300 });
  const both = await Promise.all([
    resend.emails.send(HELLO, options),
    clientOf(mail).emails.send(HELLO, options),
  ]);
  const [sent] = both.filter(({ error }) => error === null);
  const [refused] = both.filter(({ error }) => error !== null);
  expect(sent?.data?.id).toEqual(expect.any(String));
  expect(refused?.error).toMatchObject({
    statusCode: 409,
    name: "concurrent_idempotent_requests",
  });
  expect((await resend.emails.send(HELLO, options)).data).toEqual(sent?.data);
  expect(await mailboxOf(mail)).toHaveLength(1);
});

test("fifty at once send one mail, whoever of them is answered", async () => {
  const { mail } = await startTestMail();
  const answers = await Promise.all(
    Array.from({ length: 50 }, () =>
      clientOf(mail).emails.send(HELLO, { idempotencyKey: "storm" }),
    ),
  );
  const ids = new Set(answers.flatMap(({ data }) => data?.id ?? []));
  expect(ids.size).toBe(1);
  expect(await mailboxOf(mail)).toHaveLength(1);
});

test("a refused request does not use its key up", async () => {
  const { mail, resend } = await startTestMail();
  const options = { idempotencyKey: "k" };
  await resend.emails.send({ ...HELLO, to: "nobody" }, options);
  expect((await resend.emails.send(HELLO, options)).error).toBeNull();
  expect(await mailboxOf(mail)).toHaveLength(1);
});

test("a key is good for 24 hours, a restart in between included", async () => {
  const dataDir = temporaryFolder();
  const options = { idempotencyKey: "daily" };
  const before = await startTestMail({ dataDir });
  const { data } = await before.resend.emails.send(HELLO, options);
  await before.mail.close();
  const { mail, resend, clock } = await startTestMail({ dataDir });
  clock.pass(24 * HOUR - 60_000);
  expect((await resend.emails.send(HELLO, options)).data).toEqual(data);
  clock.pass(60_001);
  expect((await resend.emails.send(HELLO, options)).data?.id).not.toBe(data?.id);
  expect(await mailboxOf(mail)).toHaveLength(2);
});

test("a key has 1 to 256 characters", async () => {
  const { mail, resend } = await startTestMail();
  const long = await resend.emails.send(HELLO, { idempotencyKey: "k".repeat(257) });
  expect(long.error).toMatchObject({ statusCode: 400, name: "invalid_idempotency_key" });
  const most = await resend.emails.send(HELLO, { idempotencyKey: "k".repeat(256) });
  expect(most.error).toBeNull();
  expect(await mailboxOf(mail)).toHaveLength(1);
});
