/** What the app hears of its mails. */
import { Webhook } from "svix";
import { expect, test } from "vitest";
import { startWebhookReceiver } from "../clerk/harness.ts";
import { FROM, startTestMail } from "./harness.ts";

const mailTo = (to: string | string[]) => ({ from: FROM, to, subject: "Hello", text: "Hi" });

test.each([
  ["delivered@resend.dev", ["sent", "delivered"]],
  ["delivered+label@resend.dev", ["sent", "delivered"]],
  ["bounced@resend.dev", ["sent", "bounced"]],
  ["Bounced+Label@Resend.dev", ["sent", "bounced"]],
  ["complained@resend.dev", ["sent", "delivered", "complained"]],
  ["complained+label1@resend.dev", ["sent", "delivered", "complained"]],
  ["ada@example.com", ["sent", "delivered"]],
  ["bounced@example.com", ["sent", "delivered"]],
  ["Ada <ada+bounced@example.com>", ["sent", "bounced"]],
  ["ada+x+complained@example.com", ["sent", "delivered", "complained"]],
  ["ada+delayed@example.com", ["sent", "delivery_delayed", "delivered"]],
  [
    ["ada@example.com", "bo+bounced@example.com"],
    ["sent", "bounced"],
  ],
])("a mail to %s is told as %j", async (to, events) => {
  const hook = await startWebhookReceiver();
  const { mail, resend } = await startTestMail({ webhookUrl: hook.url });
  const { data } = await resend.emails.send(mailTo(to));
  const told = events.map((event) => `email.${event}`);
  await expect.poll(() => hook.heard, { timeout: 10_000 }).toHaveLength(told.length);
  for (const { body, headers } of hook.heard) {
    new Webhook(mail.webhookSecret).verify(body, headers);
  }
  // They may overtake each other on the way, as they do from Svix: the order is in what they say.
  const inOrder = hook.heard
    .map(({ body }) => JSON.parse(body) as { type: string; created_at: string })
    .sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at));
  expect(inOrder.map(({ type }) => type)).toEqual(told);
  expect(hook.heard.map(({ data: { email_id } }) => email_id)).toEqual(events.map(() => data?.id));
  expect((await resend.emails.get(data?.id ?? "")).data?.last_event).toBe(events.at(-1));
});

test.each([
  ["bounced", "bounce", { type: "Permanent", subType: "General", message: expect.any(String) }],
  ["suppressed", "suppressed", { type: expect.any(String), message: expect.any(String) }],
  ["failed", "failed", { reason: expect.any(String) }],
])("email.%s gives the reason under %j", async (outcome, name, reason) => {
  const hook = await startWebhookReceiver();
  const { resend } = await startTestMail({ webhookUrl: hook.url });
  await resend.emails.send(mailTo(`ada+${outcome}@example.com`));
  const told = () => hook.ofType(`email.${outcome}`);
  await expect.poll(told, { timeout: 10_000 }).toHaveLength(1);
  expect(told()[0]?.data[name]).toEqual(reason);
});

test("Clerk's own mails are no news to the app", async () => {
  const hook = await startWebhookReceiver();
  const { mail, resend } = await startTestMail({ webhookUrl: hook.url });
  mail.deliver({ to: "ada@example.com", subject: "424242", text: "x", code: "424242", link: null });
  await resend.emails.send(mailTo("bo@example.com"));
  await expect.poll(() => hook.heard, { timeout: 5_000 }).toHaveLength(2);
  expect(hook.heard.map(({ data }) => data.to)).toEqual([["bo@example.com"], ["bo@example.com"]]);
});

test("an event is repeated under the same id until it is taken", async () => {
  const hook = await startWebhookReceiver(500, 503, 200);
  const { resend } = await startTestMail({
    webhookUrl: hook.url,
    webhookRetryScheduleMs: [0, 10, 10, 10],
  });
  await resend.emails.send(mailTo("ada@example.com"));
  await expect.poll(() => hook.heard, { timeout: 10_000 }).toHaveLength(4);
  expect(hook.heard.map(({ status }) => status)).toEqual([500, 503, 200, 200]);
  for (const type of ["email.sent", "email.delivered"]) {
    const attempts = hook.ofType(type);
    expect(new Set(attempts.map(({ id }) => id)).size).toBe(1);
    expect(attempts.at(-1)?.status).toBe(200);
  }
});
