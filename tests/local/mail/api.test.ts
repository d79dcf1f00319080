/** Resend's API, spoken by Resend's own client. */
import { Webhook } from "svix";
import { expect, test } from "vitest";
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
  await expect
    .poll(() => hook.heard.map(({ type }) => type))
    .toEqual(["email.sent", "email.delivered"]);
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
