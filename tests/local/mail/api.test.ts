/** Resend's API, spoken by Resend's own client. */
import { Webhook } from "svix";
import { describe, expect, test } from "vitest";
import type { LocalMail } from "../../../local/mail/server.ts";
import { startWebhookReceiver } from "../clerk/harness.ts";
import { clientOf, FROM, mailboxOf, startTestMail } from "./harness.ts";

const HELLO = { from: FROM, to: "ada@example.com", subject: "Hello", text: "Good morning" };

test("a mail is kept with all that was sent, can be read again, and is in the mailbox", async () => {
  const { mail, resend } = await startTestMail();
  const sent = await resend.emails.send({
    from: FROM,
    to: ["Ada Lovelace <Ada@Example.com>", "bo@example.com"],
    cc: "cc@example.com",
    bcc: ["bcc@example.com"],
    replyTo: "answers@example.com",
    subject: "Welcome ☀️",
    html: '<p>Hello <a href="http://localhost:3000/a?b=1&amp;c=2">there</a></p>',
    text: "Hello there",
    headers: { "X-Entity-Ref-ID": "42" },
    tags: [{ name: "kind", value: "welcome" }],
    attachments: [{ filename: "plan.txt", content: Buffer.from("the plan") }],
  });
  expect(sent.error).toBeNull();
  const id = sent.data?.id ?? "";
  const { data } = await resend.emails.get(id);
  expect(data).toMatchObject({
    object: "email",
    id,
    from: FROM,
    to: ["Ada Lovelace <Ada@Example.com>", "bo@example.com"],
    cc: ["cc@example.com"],
    bcc: ["bcc@example.com"],
    reply_to: ["answers@example.com"],
    subject: "Welcome ☀️",
    text: "Hello there",
    tags: [{ name: "kind", value: "welcome" }],
    scheduled_at: null,
  });
  for (const address of ["ada@example.com", "BO@example.com", "bcc@example.com"]) {
    const [found, ...others] = await mailboxOf(mail, address);
    expect(found).toMatchObject({ id, links: ["http://localhost:3000/a?b=1&c=2"] });
    expect(others).toEqual([]);
  }
  expect(await mailboxOf(mail, "hello@sunup.example")).toEqual([]);
  expect(await mailboxOf(mail, "da@example.com")).toEqual([]);
});

test("the app hears of it, signed by Svix", async () => {
  const hook = await startWebhookReceiver();
  const { mail, resend } = await startTestMail({ webhookUrl: hook.url });
  const { data } = await resend.emails.send({
    ...HELLO,
    tags: [{ name: "message_id", value: "m_1" }],
  });
  await expect.poll(() => hook.heard, { timeout: 10_000 }).toHaveLength(2);
  expect(hook.heard.map(({ type }) => type).sort()).toEqual(["email.delivered", "email.sent"]);
  for (const { body, headers, data: told } of hook.heard) {
    new Webhook(mail.webhookSecret).verify(body, headers);
    expect(told).toMatchObject({
      email_id: data?.id,
      to: ["ada@example.com"],
      subject: "Hello",
      tags: { message_id: "m_1" },
    });
  }
  expect((await resend.emails.get(data?.id ?? "")).data?.last_event).toBe("delivered");
});

test("without the key or with another one nothing is sent", async () => {
  const { mail } = await startTestMail();
  const wrong = await clientOf(mail, `${mail.apiKey}x`).emails.send(HELLO);
  expect(wrong.error).toMatchObject({ statusCode: 403, name: "invalid_api_key" });
  const missing = await fetch(`${mail.url}/emails`, {
    method: "POST",
    body: JSON.stringify(HELLO),
  });
  expect(missing.status).toBe(401);
  expect(await missing.json()).toMatchObject({ name: "missing_api_key" });
  expect(await mailboxOf(mail)).toEqual([]);
});

test("what Resend refuses is refused in its words, and nothing is sent", async () => {
  const { mail } = await startTestMail();
  const format =
    "The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.";
  const ASCII = "Tags should only contain ASCII letters, numbers, underscores, or dashes.";
  const refusals: [object, string, RegExp | string][] = [
    [{ from: undefined }, "missing_required_field", "Missing `from` field."],
    [{ to: [] }, "missing_required_field", "Missing `to` field."],
    [{ subject: undefined }, "missing_required_field", "Missing `subject` field."],
    [{ text: undefined }, "missing_required_field", "Missing `html` or `text` field."],
    [{ text: "" }, "missing_required_field", "Missing `html` or `text` field."],
    [{ from: "Sunup" }, "validation_error", `Invalid \`from\` field. ${format}`],
    [{ to: "ada@localhost" }, "validation_error", `Invalid \`to\` field. ${format}`],
    [{ to: ["ada@example.com", "bo"] }, "validation_error", `Invalid \`to\` field. ${format}`],
    [{ to: "a@b.co\r\nbcc: c@d.co" }, "validation_error", `Invalid \`to\` field. ${format}`],
    [{ to: "A <a@b.co>, B <b@b.co>" }, "validation_error", `Invalid \`to\` field. ${format}`],
    [{ to: 42 }, "validation_error", `Invalid \`to\` field. ${format}`],
    [{ cc: "☀️@example.com" }, "validation_error", `Invalid \`cc\` field. ${format}`],
    [{ bcc: { a: 1 } }, "validation_error", `Invalid \`bcc\` field. ${format}`],
    [{ reply_to: "nobody" }, "validation_error", `Invalid \`reply_to\` field. ${format}`],
    [{ to: Array(51).fill("a@b.co") }, "validation_error", /at most 50/],
    [{ subject: "two\nlines" }, "validation_error", /not allowed in the `subject` field/],
    [{ subject: 7 }, "validation_error", /`subject` field must be a string/],
    [{ html: ["<p>"] }, "validation_error", /`html` field must be a string/],
    [{ headers: { "X-A": "a\r\nBcc: b@c.co" } }, "validation_error", /`headers`/],
    [{ headers: "X-A: a" }, "validation_error", /`headers`/],
    [{ tags: [{ name: "a b", value: "c" }] }, "validation_error", ASCII],
    [{ tags: [{ name: "a", value: "ü" }] }, "validation_error", ASCII],
    [{ tags: [{ name: "a", value: "b".repeat(257) }] }, "validation_error", /at most 256/],
    [{ tags: ["a"] }, "validation_error", /`name` and a `value`/],
    [{ scheduled_at: "tomorrow" }, "validation_error", /does not support the `scheduled_at` field/],
    [{ template: { id: "t" } }, "validation_error", /does not support the `template` field/],
    [{ attachments: [{ filename: "a" }] }, "invalid_attachment", /nothing is fetched/],
    [{ attachments: [{ content: "YQ==" }] }, "invalid_attachment", /`filename`/],
  ];
  for (const [change, name, message] of refusals) {
    const answer = await post(mail, "/emails", { ...HELLO, ...change });
    expect([answer.status, answer.body.name], JSON.stringify(change)).toEqual([422, name]);
    expect(answer.body.message).toMatch(message);
    expect(answer.body.statusCode).toBe(422);
  }
  for (const body of ["", "{", "null", "[]", '"mail"']) {
    expect((await post(mail, "/emails", body)).status, body).toBe(422);
  }
  expect(await mailboxOf(mail)).toEqual([]);
});

test("an unknown e-mail, Clerk's e-mail and what is not an id cannot be read", async () => {
  const { mail, resend } = await startTestMail();
  mail.deliver({ to: "ada@example.com", subject: "424242", text: "x", code: "424242", link: null });
  const [clerks] = await mailboxOf(mail);
  for (const id of [clerks?.id ?? "", "00000000-0000-4000-8000-000000000000"]) {
    const { error } = await resend.emails.get(id);
    expect(error).toMatchObject({ statusCode: 404, name: "not_found" });
  }
  const { error } = await resend.emails.get("1");
  expect(error).toMatchObject({ statusCode: 422, name: "invalid_parameter" });
  const elsewhere = await post(mail, "/broadcasts", {});
  expect([elsewhere.status, elsewhere.body.name]).toEqual([404, "not_found"]);
});

describe("a batch", () => {
  const BAD = { ...HELLO, to: "nobody" };

  test("is sent whole, in order", async () => {
    const { mail, resend } = await startTestMail();
    const mails = Array.from({ length: 100 }, (_, i) => ({ ...HELLO, subject: `Mail ${i}` }));
    const { data } = await resend.batch.send(mails);
    const ids = data?.data.map(({ id }) => id);
    expect((await mailboxOf(mail)).map(({ id }) => id)).toEqual(ids?.reverse());
    expect((await mailboxOf(mail)).at(-1)?.subject).toBe("Mail 0");
  });

  test("with a wrong mail in it is refused whole, unless it is permissive", async () => {
    const { mail, resend } = await startTestMail();
    const strict = await resend.batch.send([HELLO, BAD]);
    expect(strict.error).toMatchObject({ statusCode: 422, name: "validation_error" });
    expect(await mailboxOf(mail)).toEqual([]);
    const permissive = await resend.batch.send([BAD, HELLO], { batchValidation: "permissive" });
    expect(permissive.data?.data).toHaveLength(1);
    expect(permissive.data?.errors).toEqual([
      { index: 0, message: expect.stringContaining("Invalid `to` field") },
    ]);
    expect(await mailboxOf(mail)).toHaveLength(1);
  });

  test("is neither empty nor longer than 100", async () => {
    const { mail } = await startTestMail();
    for (const batch of [[], Array(101).fill(HELLO), HELLO]) {
      expect((await post(mail, "/emails/batch", batch)).status).toBe(422);
    }
    expect(await mailboxOf(mail)).toEqual([]);
  });
});

/** A request with the key that Resend's client would not make. */
async function post({ url, apiKey }: LocalMail, path: string, body: unknown) {
  const answer = await fetch(`${url}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  type Refusal = { statusCode: number; name: string; message: string };
  return { status: answer.status, body: (await answer.json()) as Refusal };
}
