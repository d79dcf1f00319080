/** Events on their way to the app: signed, repeated until taken, and as unruly as the control wants. */
import Stripe from "stripe";
import { expect, test } from "vitest";
import { RETRY_SCHEDULE_MS } from "../../../local/stripe/events/outbox.ts";
import { control, makeSubscriber, startApp, startTestStripe } from "./harness.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Events that are sent once all earlier ones have been answered. */
const IN_ORDER = { webhooks: { at_once: 1 } } as const;

test("an event is signed so that the real client accepts it, and nothing else", async () => {
  const app = await startApp();
  const { local, stripe } = await startTestStripe({ webhookUrl: app.url });
  const customer = await stripe.customers.create(
    { name: "Ünïcode 🌞" },
    { idempotencyKey: "key-1" },
  );
  await expect.poll(() => app.heard).toHaveLength(1);
  const { body, signature } = app.heard[0] ?? { body: "", signature: "" };
  const crypto = Stripe.createSubtleCryptoProvider();
  const verify = (payload: string, secret: string) =>
    stripe.webhooks.constructEventAsync(payload, signature, secret, undefined, crypto);
  expect(await verify(body, local.webhookSecret)).toMatchObject({
    type: "customer.created",
    livemode: false,
    api_version: Stripe.API_VERSION,
    data: { object: customer },
    request: { id: expect.stringMatching(/^req_/), idempotency_key: "key-1" },
  });
  await expect(verify(`${body} `, local.webhookSecret)).rejects.toThrow(/signature/);
  await expect(verify(body, "whsec_another")).rejects.toThrow(/signature/);
});

test("an event keeps its object as it was, and can be read again", async () => {
  const { stripe } = await startTestStripe();
  const before = await stripe.customers.create({ name: "Ada", metadata: { a: "1", b: "2" } });
  await stripe.customers.update(before.id, { name: "Bo", metadata: { b: "3" } });
  const [changed, made] = (await stripe.events.list({ type: "customer.*" })).data;
  expect(made?.data).toEqual({ object: before });
  expect(changed?.data.previous_attributes).toEqual({ name: "Ada", metadata: { b: "2" } });
  expect(await stripe.events.retrieve(changed?.id ?? "")).toEqual(changed);
  await stripe.customers.update(before.id, { name: "Bo" });
  expect((await stripe.events.list({ type: "customer.updated" })).data).toHaveLength(1);
});

test("an event is sent again under the same id until it is answered 2xx", async () => {
  const app = await startApp(500, 302, 400, 200);
  const { stripe } = await startTestStripe({
    webhookUrl: app.url,
    webhookRetryScheduleMs: [0, 10, 10, 10, 10],
  });
  await stripe.customers.create();
  await expect.poll(() => app.heard).toHaveLength(4);
  expect(new Set(app.heard.map(({ event }) => event.id)).size).toBe(1);
  const id = app.heard[0]?.event.id ?? "";
  await expect.poll(async () => (await stripe.events.retrieve(id)).pending_webhooks).toBe(0);
  expect(app.heard).toHaveLength(4);
});

test("attempts go on for three days", () => {
  const total = RETRY_SCHEDULE_MS.reduce((sum, wait) => sum + wait, 0);
  expect(total / DAY_MS).toBeGreaterThan(2.9);
  expect(total / DAY_MS).toBeLessThan(3.1);
});

test("the endpoint hears only of what it is set up for", async () => {
  const app = await startApp();
  const { stripe } = await startTestStripe({
    webhookUrl: app.url,
    webhookEvents: ["customer.deleted"],
  });
  const { id } = await stripe.customers.create();
  await stripe.customers.del(id);
  await expect.poll(() => app.types()).toEqual(["customer.deleted"]);
  const [endpoint] = (await stripe.webhookEndpoints.list()).data;
  expect(endpoint).toMatchObject({ url: app.url, enabled_events: ["customer.deleted"] });
});

test("events can be held back, and come in order or the other way round", async () => {
  const app = await startApp();
  const { local, stripe } = await startTestStripe({ webhookUrl: app.url });
  await control(local, { webhooks: { hold: true, at_once: 1 } });
  for (const order of ["oldest_first", "newest_first"] as const) {
    app.heard.length = 0;
    await control(local, { webhooks: { hold: true, order } });
    const { id } = await stripe.customers.create();
    await stripe.customers.del(id);
    const [held] = (await stripe.events.list({ limit: 1 })).data;
    expect(held?.pending_webhooks).toBe(1);
    expect(app.heard).toEqual([]);
    await control(local, { webhooks: { hold: false } });
    const expected = ["customer.created", "customer.deleted"];
    if (order === "newest_first") expected.reverse();
    await expect.poll(() => app.types()).toEqual(expected);
  }
});

test("events can be doubled, dropped and sent once more", async () => {
  const app = await startApp();
  const { local, stripe } = await startTestStripe({ webhookUrl: app.url });
  await control(local, { webhooks: { copies: 2, drop: ["customer.deleted"], delay_ms: 20 } });
  const { id } = await stripe.customers.create();
  await stripe.customers.del(id);
  await expect.poll(() => app.types()).toEqual(["customer.created", "customer.created"]);
  expect(app.heard[0]?.event).toEqual(app.heard[1]?.event);
  await control(local, { ...IN_ORDER, webhooks: { copies: 1, drop: [], delay_ms: 0 } });
  const [dropped] = (await stripe.events.list({ type: "customer.deleted" })).data;
  await control(local, { resend: dropped?.id });
  await expect.poll(() => app.types().slice(2)).toEqual(["customer.deleted"]);
});

test("a subscription's events reach the app with what they tell", async () => {
  const app = await startApp();
  const { local, stripe } = await startTestStripe({ webhookUrl: app.url });
  await control(local, IN_ORDER);
  const { subscription } = await makeSubscriber(stripe, { metadata: { tenant: "t1" } });
  const types = ["customer.subscription.created", "customer.subscription.updated"];
  await expect.poll(() => app.types().filter((type) => types.includes(type))).toEqual(types);
  const told = app.heard.find(({ event }) => event.type === "customer.subscription.updated");
  expect(told?.event.data).toMatchObject({
    object: { id: subscription.id, status: "active", metadata: { tenant: "t1" } },
    previous_attributes: { status: "incomplete" },
  });
});

test("a refused request leaves no event", async () => {
  const app = await startApp();
  const { local, stripe } = await startTestStripe({ webhookUrl: app.url });
  await control(local, IN_ORDER);
  await expect(
    stripe.customers.create({ name: "Ada", payment_method: "pm_card_visa_chargeDeclined" }),
  ).rejects.toMatchObject({ code: "card_declined" });
  await stripe.customers.create({ name: "Bo" });
  await expect.poll(() => app.heard.map(({ event }) => event.data.object.name)).toEqual(["Bo"]);
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

test("the control takes the secret key and what it knows, and nothing else", async () => {
  const { local, stripe } = await startTestStripe();
  const ask = (body: string, key = local.secretKey, method = "POST") =>
    fetch(`${local.url}/__control`, {
      method,
      headers: { Authorization: `Bearer ${key}` },
      body: method === "GET" ? undefined : body,
    }).then(({ status }) => status);
  expect(await ask("{}")).toBe(200);
  expect(await ask("{}", "sk_test_wrong")).toBe(401);
  expect(await ask("", local.secretKey, "GET")).toBe(400);
  for (const wrong of [
    ...["", "[]", "null", "5", '{"nonsense":{}}', '{"webhooks":{"hold":"yes"}}', '{"resend":5}'],
    ...[
      '{"webhooks":{"copies":1000}}',
      '{"advance":{"seconds":-1}}',
      '{"advance":{"seconds":1.5}}',
    ],
    ...['{"dunning":{"retry_days":[null]}}', '{"draft_seconds":"1"}', '{"resend":"evt_nothing"}'],
    ...[
      '{"constructor":{}}',
      '{"webhooks":{"__proto__":{}}}',
      '{"advance":{}}',
      '{"advance":{"seconds":1,"customer":"cus_nobody"}}',
    ],
  ]) {
    expect(await ask(wrong), wrong).toBeGreaterThanOrEqual(400);
  }
  expect((await stripe.events.list()).data).toEqual([]);
});
