/** What survives a kill -9 and a restart. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type Stripe from "stripe";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../clerk/harness.ts";
import { clientOf, control, DAY, makePrice, startApp, startTestStripe } from "./harness.ts";

const MAIN = fileURLToPath(new URL("../../../local/stripe/main.ts", import.meta.url));

/** Runs the local Stripe by itself, in a process that can be killed without warning. */
async function startProcess(dataDir: string, webhookUrl: string) {
  const args = [MAIN, "--port", "0", "--data", dataDir, "--webhook-url", webhookUrl];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const variables = JSON.parse(line) as Record<string, string>;
  const address = {
    url: variables["STRIPE_API_BASE"] ?? "",
    secretKey: variables["STRIPE_SECRET_KEY"] ?? "",
  };
  return {
    address,
    variables,
    stripe: clientOf(address),
    async end(signal: "SIGKILL" | "SIGTERM") {
      child.kill(signal);
      return (await once(child, "exit")) as [number | null, string | null];
    },
  };
}

test("what was answered is there after a kill, and what was not delivered is delivered then", async () => {
  const dataDir = temporaryFolder();
  const app = await startApp();
  const first = await startProcess(dataDir, app.url);
  await control(first.address, { webhooks: { hold: true } });
  const price = await makePrice(first.stripe);
  const customer = await first.stripe.customers.create({ payment_method: "pm_card_visa" });
  const subscription = await first.stripe.subscriptions.create(
    { customer: customer.id, items: [{ price: price.id }], trial_period_days: 14 },
    { idempotencyKey: "subscribe-1" },
  );
  await control(first.address, { advance: { seconds: DAY } });
  await first.end("SIGKILL");
  expect(app.heard).toEqual([]);

  const second = await startProcess(dataDir, app.url);
  expect(second.address.secretKey).toBe(first.address.secretKey);
  expect(second.variables["STRIPE_WEBHOOK_SECRET"]).toBe(first.variables["STRIPE_WEBHOOK_SECRET"]);
  expect(await second.stripe.subscriptions.retrieve(subscription.id)).toEqual(subscription);
  const again = await second.stripe.subscriptions.create(
    { customer: customer.id, items: [{ price: price.id }], trial_period_days: 14 },
    { idempotencyKey: "subscribe-1" },
  );
  expect(again).toEqual(subscription);
  const later = await second.stripe.customers.create();
  expect(later.created * 1000 - Date.now()).toBeGreaterThan(0.9 * DAY * 1000);
  await control(second.address, { webhooks: { hold: false } });
  await expect.poll(() => app.types()).toContain("customer.subscription.created");
  expect(await second.end("SIGTERM")).toEqual([0, null]);
});

test("a kill in the middle of the work loses nothing that was answered and doubles nothing", async () => {
  const dataDir = temporaryFolder();
  const names = Array.from({ length: 40 }, (_, i) => `customer ${i}`);
  const create = (stripe: Stripe, name: string) =>
    stripe.customers.create({ name }, { idempotencyKey: name });
  const first = await startProcess(dataDir, "http://127.0.0.1:9/");
  const answered: Stripe.Customer[] = [];
  const requests = names.map(async (name) => {
    answered.push(await create(first.stripe, name));
    if (answered.length === 10) await first.end("SIGKILL");
  });
  await Promise.allSettled(requests);
  expect(answered.length).toBeGreaterThanOrEqual(10);

  const second = await startProcess(dataDir, "http://127.0.0.1:9/");
  for (const customer of answered) {
    expect(await second.stripe.customers.retrieve(customer.id)).toEqual(customer);
  }
  for (const name of names) await create(second.stripe, name);
  const all = await second.stripe.customers.list({ limit: 100 });
  expect(all.data.map(({ name }) => name).sort()).toEqual([...names].sort());
});

test("what was due while it was stopped is done when it starts", async () => {
  const dataDir = temporaryFolder();
  const first = await startTestStripe({ dataDir });
  const price = await makePrice(first.stripe);
  const customer = await first.stripe.customers.create({
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
  const { id } = await first.stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 14,
  });
  await first.local.close();

  const { stripe } = await startTestStripe({ dataDir, now: () => Date.now() + 15 * DAY * 1000 });
  expect(await stripe.subscriptions.retrieve(id, { expand: ["latest_invoice"] })).toMatchObject({
    status: "active",
    latest_invoice: { status: "paid" },
  });
  const notices = await stripe.events.list({ type: "customer.subscription.trial_will_end" });
  expect(notices.data).toHaveLength(1);
});

test("the keys are readable by their owner only", async () => {
  const dataDir = temporaryFolder();
  await startTestStripe({ dataDir });
  expect(statSync(join(dataDir, "keys.json")).mode & 0o777).toBe(0o600);
});
