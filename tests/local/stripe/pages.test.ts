/** The hosted pages, by their forms: checkout, portal, invoice, overview. */
import type Stripe from "stripe";
import { expect, test } from "vitest";
import type { LocalStripe } from "../../../local/stripe/server.ts";
import {
  DAY,
  eventsOf,
  makeCustomer,
  makePrice,
  makeSubscriber,
  MONTHLY,
  startApp,
  startTestStripe,
} from "./harness.ts";

const APP = "http://localhost:14999";
const CARD = { number: "4242 4242 4242 4242", expiry: "12 / 34", cvc: "123", name: "Ada" };

/** A page as a browser gets it: what it says, and where it leads. */
async function visit(url: string, form?: Record<string, string>, headers = {}) {
  const answer = await fetch(url, {
    method: form ? "POST" : "GET",
    body: form && new URLSearchParams(form),
    headers,
    redirect: "manual",
  });
  const text = (await answer.text()).replace(/<style>.*?<\/style>|<script>.*?<\/script>/gs, "");
  return {
    status: answer.status,
    location: answer.headers.get("location"),
    headers: answer.headers,
    html: text,
    text: text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " "),
  };
}

async function checkout(stripe: Stripe, params: Partial<Stripe.Checkout.SessionCreateParams> = {}) {
  const price = await makePrice(stripe);
  const session = await stripe.checkout.sessions.create({
    mode: "subscription",
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: `${APP}/billing?session={CHECKOUT_SESSION_ID}`,
    cancel_url: `${APP}/billing`,
    client_reference_id: "tenant-1",
    metadata: { tenant: "t1" },
    ...params,
    subscription_data: { metadata: { tenant: "t1" }, ...params.subscription_data },
  });
  return { session, url: session.url ?? "" };
}

test("a checkout for a customer of the app's: pay, and be sent back subscribed", async () => {
  const { stripe } = await startTestStripe();
  const customer = await stripe.customers.create({ email: "ada@example.com", name: "Sunny Roofs" });
  const { session, url } = await checkout(stripe, { customer: customer.id });
  expect(session).toMatchObject({
    status: "open",
    payment_status: "unpaid",
    amount_total: MONTHLY,
  });

  const shown = await visit(url);
  expect(shown.text).toMatch(
    /no real money.*Subscribe to Pro.*\$99\.00.*per month.*ada@example\.com/,
  );
  const paid = await visit(url, CARD);
  expect(paid.status).toBe(303);
  expect(paid.location).toBe(`${APP}/billing?session=${session.id}`);

  const done = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ["subscription", "line_items", "invoice"],
  });
  expect(done).toMatchObject({
    status: "complete",
    payment_status: "paid",
    url: null,
    client_reference_id: "tenant-1",
    metadata: { tenant: "t1" },
    customer: customer.id,
    customer_details: { email: "ada@example.com" },
    subscription: { status: "active", metadata: { tenant: "t1" } },
    invoice: { status: "paid", amount_paid: MONTHLY },
    line_items: { data: [{ quantity: 1, amount_total: MONTHLY, description: "Pro" }] },
  });
  const { default_payment_method: method } = done.subscription as Stripe.Subscription;
  expect(await stripe.paymentMethods.retrieve(String(method))).toMatchObject({
    customer: customer.id,
    card: { brand: "visa", last4: "4242", exp_month: 12, exp_year: 2034 },
    billing_details: { name: "Ada" },
  });
  const types = (await eventsOf(stripe)).map(({ type }) => type);
  expect(types.at(-1)).toBe("checkout.session.completed");
  expect(types).toContain("customer.subscription.created");
});

test("a customer without an e-mail address gets the one that is typed in", async () => {
  const { stripe } = await startTestStripe();
  const { id } = await stripe.customers.create({ name: "Sunny Roofs" });
  const { url } = await checkout(stripe, { customer: id });
  await visit(url, { ...CARD, email: "ada@example.com" });
  expect(await stripe.customers.retrieve(id)).toMatchObject({ email: "ada@example.com" });
});

test("paying twice, even at once, subscribes once", async () => {
  const { stripe } = await startTestStripe();
  const { url } = await checkout(stripe);
  const form = { ...CARD, email: "ada@example.com" };
  const answers = await Promise.all([visit(url, form), visit(url, form), visit(url, form)]);
  expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
  expect((await stripe.subscriptions.list()).data).toHaveLength(1);
  expect((await stripe.customers.list()).data).toHaveLength(1);
  expect((await visit(url)).text).toContain("This checkout is complete");
});

test("a refused card says why, and leaves nothing behind", async () => {
  const { stripe } = await startTestStripe();
  const { session, url } = await checkout(stripe);
  const email = "ada@example.com";
  const refusals: [form: Record<string, string>, sentence: string][] = [
    [{ number: "4000000000000002" }, "Your card was declined."],
    [{ number: "4000 0000 0000 0341" }, "Your card was declined."],
    [{ number: "4000-0000-0000-9995" }, "Your card has insufficient funds."],
    [{ number: "4242 4242 4242 4241" }, "Your card number is incorrect."],
    [{ number: "4111 1111 1111 1111" }, "used a non test card"],
    [{ number: "" }, "Your card number is incorrect."],
    [{ expiry: "13 / 34" }, "expiration date is incomplete"],
    [{ expiry: "01 / 20" }, "expiration date is in the past"],
    [{ cvc: "1" }, "security code is incomplete"],
    [{ email: "ada" }, "Your email is incomplete."],
  ];
  for (const [form, sentence] of refusals) {
    const refused = await visit(url, { ...CARD, email, ...form });
    expect(refused.status, sentence).toBeGreaterThanOrEqual(400);
    expect(refused.text).toContain(sentence.replaceAll("'", "&#39;"));
  }
  expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: "open" });
  expect((await stripe.customers.list()).data).toEqual([]);
  expect(await eventsOf(stripe, "customer.*", "invoice.*")).toEqual([]);
});

test("a trial takes a card that will fail, and is told as one that needs no payment", async () => {
  const { stripe } = await startTestStripe();
  const trial = { subscription_data: { trial_period_days: 14 } };
  const { session, url } = await checkout(stripe, trial);
  expect((await visit(url)).text).toMatch(
    /14 days free.*Then \$99\.00 per month.*Due today \$0\.00/,
  );
  const form = { ...CARD, email: "ada@example.com", number: "4000000000000341" };
  expect((await visit(url, form)).status).toBe(303);
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ["subscription"] });
  expect(done).toMatchObject({
    payment_status: "no_payment_required",
    subscription: { status: "trialing" },
  });

  const cardless = await checkout(stripe, { ...trial, payment_method_collection: "if_required" });
  expect((await visit(cardless.url)).html).not.toContain("Card number");
  expect((await visit(cardless.url, { email: "bo@example.com" })).status).toBe(303);
});

test("a checkout that is not paid expires by itself, or when told so", async () => {
  const { stripe, clock } = await startTestStripe();
  const one = await checkout(stripe);
  const two = await checkout(stripe, { customer_email: "ada@example.com" });
  await stripe.checkout.sessions.expire(one.session.id);
  await expect(stripe.checkout.sessions.expire(one.session.id)).rejects.toMatchObject({
    statusCode: 400,
  });
  clock.pass(DAY * 1000);
  await stripe.customers.list();
  for (const { session, url } of [one, two]) {
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe("expired");
    expect(await visit(url, CARD)).toMatchObject({ status: 410 });
  }
  expect(await eventsOf(stripe, "checkout.session.expired")).toHaveLength(2);
  expect((await stripe.subscriptions.list()).data).toEqual([]);
});

test("checkouts that cannot work are refused when they are made", async () => {
  const { stripe } = await startTestStripe();
  const now = Math.floor(Date.now() / 1000);
  const { id } = await stripe.customers.create();
  const wrong: Record<string, object> = {
    "a payment": { mode: "payment" },
    "no address to come back to": { success_url: undefined },
    "a relative address": { success_url: "/billing" },
    "a script": { success_url: "javascript:alert(1)" },
    "no items": { line_items: [] },
    "no quantity": { line_items: [{ price: (await makePrice(stripe)).id }] },
    "two customers": { customer: id, customer_email: "ada@example.com" },
    "an unknown customer": { customer: "cus_nobody" },
    "too short a life": { expires_at: now + 60 },
    "a trial of one day": { subscription_data: { trial_end: now + DAY } },
    "a coupon": { discounts: [{ coupon: "x" }] },
  };
  for (const [what, params] of Object.entries(wrong)) {
    await expect(checkout(stripe, params), what).rejects.toMatchObject({ statusCode: 400 });
  }
  expect((await stripe.checkout.sessions.list()).data).toEqual([]);
});

async function portal(stripe: Stripe, customer: string) {
  const session = await stripe.billingPortal.sessions.create({
    customer,
    return_url: `${APP}/billing`,
  });
  return {
    session,
    show: () => visit(session.url),
    act: (action: string, form: Record<string, string> = {}) =>
      visit(session.url, { action, ...form }),
  };
}

test("the portal ends a plan at its period's end and takes that back, as Stripe's does", async () => {
  const { stripe } = await startTestStripe();
  const { customer, subscription, start, now } = await makeSubscriber(stripe);
  const { show, act } = await portal(stripe, customer.id);
  expect((await show()).text).toMatch(/Pro active \$99\.00 per month Renews on 23 December 2026/);
  const form = { subscription: subscription.id };
  const ended = await act("cancel", form);
  expect(ended.status).toBe(303);
  // Only the API sets cancel_at_period_end; of the portal cancel_at alone tells.
  expect(await now()).toMatchObject({
    status: "active",
    cancel_at: start + 30 * DAY,
    cancel_at_period_end: false,
  });
  expect((await show()).text).toContain("Ends on 23 December 2026");
  await act("renew", form);
  expect(await now()).toMatchObject({ cancel_at: null, canceled_at: null });
});

test("the portal changes the card, for what is charged from then on", async () => {
  const { stripe } = await startTestStripe();
  const { customer, subscription, advanceTo, now } = await makeSubscriber(stripe, {
    card: "pm_card_chargeCustomerFail",
    trial_period_days: 14,
  });
  await advanceTo(15 * DAY);
  const { show, act } = await portal(stripe, customer.id);
  const invoice = (await now()).latest_invoice as Stripe.Invoice;
  expect((await show()).text).toMatch(
    /is not paid: the last payment failed.*Pay \$99\.00.*past due/,
  );
  const failed = await act("pay", { invoice: invoice.id });
  expect(failed.text).toContain("Your card was declined.");
  expect((await act("card", { ...CARD, number: "4000000000000002" })).text).toContain("declined");
  expect((await act("card", { ...CARD, number: "5555 5555 5555 4444" })).status).toBe(303);
  expect((await show()).text).toContain("Mastercard •••• 4444");
  expect((await act("pay", { invoice: invoice.id })).status).toBe(303);
  expect(await now()).toMatchObject({ status: "active", latest_invoice: { status: "paid" } });
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe("active");
});

test("the portal switches plans, and charges the difference or changes nothing", async () => {
  const { stripe } = await startTestStripe();
  const { customer, subscription, advanceTo, now } = await makeSubscriber(stripe);
  const dearer = await makePrice(stripe, 2 * MONTHLY, "Max");
  await advanceTo(15 * DAY);
  const { show, act } = await portal(stripe, customer.id);
  expect((await show()).text).toContain("Max, $198.00 per month");
  const form = { subscription: subscription.id, price: dearer.id };
  await act("card", { ...CARD, number: "4000000000000341" });
  expect((await act("switch", form)).text).toContain("Your card was declined.");
  expect((await now()).items.data[0]?.price.unit_amount).toBe(MONTHLY);
  await act("card", CARD);
  expect((await act("switch", form)).status).toBe(303);
  expect(await now()).toMatchObject({
    items: { data: [{ price: { id: dearer.id } }] },
    latest_invoice: { status: "paid", total: MONTHLY / 2 },
  });
});

test("a portal reaches nothing of another customer, and ends after an hour", async () => {
  const { stripe, clock } = await startTestStripe();
  const one = await makeSubscriber(stripe);
  const two = await makeSubscriber(stripe, { card: "pm_card_chargeCustomerFail" });
  const { session, show, act } = await portal(stripe, one.customer.id);
  for (const form of [
    { action: "cancel", subscription: two.subscription.id },
    { action: "switch", subscription: two.subscription.id, price: one.price.id },
    { action: "pay", invoice: String(two.subscription.latest_invoice) },
    { action: "constructor" },
  ]) {
    const { action, ...rest } = form;
    expect([200, 404]).toContain((await act(action, rest as Record<string, string>)).status);
  }
  expect(await two.now()).toMatchObject({
    status: "incomplete",
    cancel_at: null,
    latest_invoice: { status: "open", attempt_count: 1 },
  });
  clock.pass(60 * 60 * 1000);
  expect(await show()).toMatchObject({ status: 404 });
  expect((await visit(session.url.slice(0, -1))).status).toBe(404);
});

test("a portal for one task goes back to the app when it is done", async () => {
  const { stripe } = await startTestStripe();
  const { customer, subscription } = await makeSubscriber(stripe);
  const { url } = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    flow_data: {
      type: "subscription_cancel",
      subscription_cancel: { subscription: subscription.id },
      after_completion: { type: "redirect", redirect: { return_url: `${APP}/billing?ended` } },
    },
  });
  const page = await visit(url);
  expect(page.text).toContain("Cancel plan");
  expect(page.text).not.toContain("Payment method");
  const done = await visit(url, { action: "cancel", subscription: subscription.id });
  expect(done.location).toBe(`${APP}/billing?ended`);
  const other = await makeCustomer(stripe);
  await expect(
    stripe.billingPortal.sessions.create({
      customer: other.customer.id,
      flow_data: {
        type: "subscription_cancel",
        subscription_cancel: { subscription: subscription.id },
      },
    }),
  ).rejects.toMatchObject({ code: "resource_missing" });
});

test("an invoice has a page to pay it on, and a PDF", async () => {
  const { stripe } = await startTestStripe();
  const { now } = await makeSubscriber(stripe, { card: "pm_card_chargeCustomerFail" });
  const invoice = (await now()).latest_invoice as Stripe.Invoice;
  const page = invoice.hosted_invoice_url ?? "";
  expect((await visit(page)).text).toContain(`Invoice ${invoice.number}`);
  expect((await visit(page, { ...CARD, number: "4000000000000341" })).text).toContain("declined");
  expect((await visit(page, CARD)).status).toBe(303);
  expect((await now()).status).toBe("active");
  expect((await visit(page)).html).not.toContain("<form");
  const pdf = await fetch(invoice.invoice_pdf ?? "");
  expect(pdf.headers.get("content-type")).toBe("application/pdf");
  expect(Buffer.from(await pdf.arrayBuffer()).toString("latin1")).toMatch(
    /^%PDF-1\.4[^]*Amount due: \$99\.00[^]*%%EOF\n$/,
  );
});

test("the overview shows what there is, lets time pass and sends an event again", async () => {
  const app = await startApp();
  const { local, stripe } = await startTestStripe({ webhookUrl: app.url });
  const { subscription } = await makeSubscriber(stripe);
  const shown = await visit(`${local.url}/`);
  expect(shown.text).toMatch(/Subscriptions .* Ada Pro active .* Events .* Deliveries/);
  const before = (await stripe.customers.create()).created;
  expect((await visit(`${local.url}/advance`, { seconds: String(DAY) })).location).toBe("/");
  await visit(`${local.url}/advance`, { seconds: "-100000" });
  expect((await stripe.customers.create()).created - before).toBeGreaterThanOrEqual(DAY);
  const [event] = await eventsOf(stripe, "customer.subscription.created");
  const url = `${local.url}/events/${event?.id}`;
  expect((await visit(url)).html).toContain(subscription.id);
  await visit(url, {});
  const copies = () => app.heard.filter((heard) => heard.event.id === event?.id);
  await expect.poll(copies).toHaveLength(2);
});

test("pages are closed to other sites, escape what they show, and load nothing", async () => {
  const { local, stripe } = await startTestStripe();
  const name = `<img src=x onerror="alert('1')">&`;
  const customer = await stripe.customers.create({ name, email: "ada@example.com" });
  const { url } = await checkout(stripe, { customer: customer.id });
  const page = await visit(url);
  expect(page.headers.get("content-security-policy")).toMatch(
    new RegExp(`^default-src 'none'; .*frame-ancestors 'none'; form-action 'self' ${APP}$`),
  );
  expect((await visit(`${local.url}/`)).html).not.toContain("<img");
  const foreign = { Origin: "http://evil.example" };
  expect((await visit(url, CARD, foreign)).status).toBe(403);
  expect((await visit(`${local.url}/advance`, { seconds: "3600" }, foreign)).status).toBe(403);
  expect((await stripe.subscriptions.list()).data).toEqual([]);
  for (const path of [
    "/c/pay/nobody",
    "/p/session/x",
    "/i/x",
    "/i/x/pdf",
    "/events/x",
    "/nothing",
  ]) {
    expect((await visit(`${local.url}${path}`)).status, path).toBe(404);
  }
  expect((await fetchAs(local, "evil.example")).status).toBe(421);
});

/** As a foreign name that leads to this machine would be asked. */
async function fetchAs(local: LocalStripe, host: string): Promise<{ status: number }> {
  const { request } = await import("node:http");
  return await new Promise((resolve, reject) => {
    request(local.url, { headers: { Host: host } }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0 });
    })
      .once("error", reject)
      .end();
  });
}
