/** What the tests of the local Stripe share: a server of one's own, the real client, an app that hears webhooks. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { expect, onTestFinished } from "vitest";
import type { ControlRequest } from "../../../local/stripe/control.ts";
import type { LocalStripe, StripeOptions } from "../../../local/stripe/server.ts";
import { startStripe } from "../../../local/stripe/server.ts";
import { temporaryFolder } from "../clerk/harness.ts";

export const DAY = 24 * 60 * 60;
export const MONTHLY = 9900;

/** A local Stripe that stops after the test, with the real client and a clock the test can move. */
export async function startTestStripe(options: Partial<StripeOptions> = {}) {
  const clock = { ahead: 0, pass: (ms: number) => (clock.ahead += ms) };
  const local = await startStripe({
    port: 0,
    dataDir: options.dataDir ?? temporaryFolder(),
    webhookUrl: "http://127.0.0.1:9/nobody-listens",
    webhookRetryScheduleMs: [0],
    now: () => Date.now() + clock.ahead,
    onLog: () => undefined,
    ...options,
  });
  onTestFinished(() => local.close());
  return { local, clock, stripe: clientOf(local) };
}

type Address = Pick<LocalStripe, "url" | "secretKey">;

/** The real client as Convex's default runtime uses it: over fetch, without Node. */
export function clientOf({ url, secretKey }: Address, config: Stripe.StripeConfig = {}): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(secretKey, {
    host: hostname,
    port,
    protocol: "http",
    httpClient: Stripe.createFetchHttpClient(),
    maxNetworkRetries: 0,
    telemetry: false,
    ...config,
  });
}

/** Throws switches of the control. */
export async function control({ url, secretKey }: Address, request: ControlRequest) {
  const answer = await fetch(`${url}/__control`, {
    method: "POST",
    headers: { Authorization: `Bearer ${secretKey}` },
    body: JSON.stringify(request),
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { now: number };
}

/** The monthly price of a product. */
export async function makePrice(
  stripe: Stripe,
  amount = MONTHLY,
  name = "Pro",
): Promise<Stripe.Price> {
  return await stripe.prices.create({
    currency: "usd",
    unit_amount: amount,
    recurring: { interval: "month" },
    product_data: { name },
  });
}

/** A customer with a test clock and a card that works, or the given one. */
export async function makeCustomer(
  stripe: Stripe,
  { card = "pm_card_visa", start = Date.UTC(2026, 10, 23) / 1000 } = {},
) {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: start });
  const customer = await stripe.customers.create({
    email: "ada@example.com",
    name: "Ada",
    test_clock: clock.id,
    payment_method: card,
    invoice_settings: { default_payment_method: card },
  });
  return {
    customer,
    start,
    clock: clock.id,
    /** Lets the customer's time pass until this many seconds after the start. */
    advanceTo: (seconds: number) =>
      stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: start + seconds }),
  };
}

/** A customer who has subscribed, with what happened until then. */
export async function makeSubscriber(
  stripe: Stripe,
  { card, ...params }: Partial<Stripe.SubscriptionCreateParams> & { card?: string } = {},
) {
  const price = await makePrice(stripe);
  const made = await makeCustomer(stripe, { card });
  const subscription = await stripe.subscriptions.create({
    customer: made.customer.id,
    items: [{ price: price.id }],
    ...params,
  });
  return {
    ...made,
    price,
    subscription,
    now: () => stripe.subscriptions.retrieve(subscription.id, { expand: ["latest_invoice"] }),
  };
}

export type AnyEvent = Stripe.Event & { data: { object: any; previous_attributes?: any } }; // eslint-disable-line @typescript-eslint/no-explicit-any

/** Everything that has happened, oldest first. */
export async function eventsOf(stripe: Stripe, ...types: string[]): Promise<AnyEvent[]> {
  const events = await stripe.events.list({
    limit: 100,
    types: types.length > 0 ? types : undefined,
  });
  return events.data.reverse() as AnyEvent[];
}

export interface Heard {
  event: AnyEvent;
  body: string;
  signature: string;
}

/** An app that verifies webhooks, answers with the given statuses in turn (the last one for good). */
export async function startApp(...statuses: number[]) {
  const heard: Heard[] = [];
  const server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const status = statuses[Math.min(heard.length, statuses.length - 1)] ?? 200;
      heard.push({
        event: JSON.parse(body) as AnyEvent,
        body,
        signature: String(request.headers["stripe-signature"]),
      });
      answer.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/stripe`,
    heard,
    types: () => heard.map(({ event }) => event.type),
  };
}
