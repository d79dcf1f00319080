/** The life of a subscription: first payment, trial, renewals, failed payments, changes, end. */
import type Stripe from "stripe";
import { expect, test } from "vitest";
import { afterIntervals } from "../../../local/stripe/billing/periods.ts";
import {
  control,
  DAY,
  eventsOf,
  makeCustomer,
  makePrice,
  makeSubscriber,
  MONTHLY,
  startTestStripe,
} from "./harness.ts";

const HOUR = 60 * 60;
/** From the 23rd of November to the 23rd of December. */
const MONTH = 30 * DAY;

const latest = (subscription: Stripe.Subscription) => subscription.latest_invoice as Stripe.Invoice;

test("a new subscription is paid at once, and tells it as Stripe does", async () => {
  const { stripe } = await startTestStripe();
  const { subscription, start, now } = await makeSubscriber(stripe, { metadata: { tenant: "t1" } });
  expect(subscription).toMatchObject({
    status: "active",
    metadata: { tenant: "t1" },
    billing_mode: { type: "flexible" },
    items: { data: [{ current_period_start: start, current_period_end: start + MONTH }] },
  });
  expect(latest(await now())).toMatchObject({
    status: "paid",
    billing_reason: "subscription_create",
    amount_paid: MONTHLY,
    attempt_count: 1,
    number: expect.stringMatching(/^[0-9A-F]{8}-0001$/),
    parent: { subscription_details: { subscription: subscription.id, metadata: { tenant: "t1" } } },
    lines: { data: [{ amount: MONTHLY, description: "1 × Pro (at $99.00 / month)" }] },
  });
  const events = await eventsOf(stripe, "invoice.*", "customer.subscription.*");
  expect(events.map(({ type }) => type)).toEqual([
    "invoice.created",
    "customer.subscription.created",
    "invoice.finalized",
    "invoice.paid",
    "invoice.payment_succeeded",
    "customer.subscription.updated",
  ]);
  expect(events[1]?.data.object.status).toBe("incomplete");
  expect(events[5]?.data).toMatchObject({
    object: { status: "active" },
    previous_attributes: { status: "incomplete" },
  });
  expect(events[5]?.data.previous_attributes).toEqual({ status: "incomplete" });
});

test("a trial is announced three days before its end, and paid an hour after it", async () => {
  const { stripe } = await startTestStripe();
  const { subscription, start, advanceTo, now } = await makeSubscriber(stripe, {
    trial_period_days: 14,
  });
  expect(subscription).toMatchObject({
    status: "trialing",
    trial_start: start,
    trial_end: start + 14 * DAY,
    billing_cycle_anchor: start + 14 * DAY,
  });
  expect(latest(await now())).toMatchObject({ status: "paid", total: 0, attempt_count: 0 });

  await advanceTo(11 * DAY - 1);
  expect(await eventsOf(stripe, "customer.subscription.trial_will_end")).toEqual([]);
  await advanceTo(11 * DAY);
  const [notice] = await eventsOf(stripe, "customer.subscription.trial_will_end");
  expect(notice).toMatchObject({
    created: start + 11 * DAY,
    data: { object: { id: subscription.id, status: "trialing" } },
  });

  await advanceTo(14 * DAY);
  expect(await now()).toMatchObject({
    status: "active",
    latest_invoice: { status: "draft", billing_reason: "subscription_cycle", total: MONTHLY },
  });
  await advanceTo(14 * DAY + HOUR);
  expect(latest(await now())).toMatchObject({
    status: "paid",
    status_transitions: { paid_at: start + 14 * DAY + HOUR },
  });
  expect(await eventsOf(stripe, "customer.subscription.trial_will_end")).toHaveLength(1);
});

test("a trial of less than three days is announced when it begins", async () => {
  const { stripe } = await startTestStripe();
  const { start } = await makeSubscriber(stripe, { trial_period_days: 2 });
  const [notice] = await eventsOf(stripe, "customer.subscription.trial_will_end");
  expect(notice?.created).toBe(start);
});

test("periods follow each other on the anchor's day, however far time is moved at once", async () => {
  const { stripe } = await startTestStripe();
  const { advanceTo, now } = await makeSubscriber(stripe);
  await advanceTo(400 * DAY);
  const { items } = await now();
  const day = (seconds: number | undefined) =>
    new Date((seconds ?? 0) * 1000).toISOString().slice(0, 10);
  expect(day(items.data[0]?.current_period_start)).toBe("2027-12-23");
  expect(day(items.data[0]?.current_period_end)).toBe("2028-01-23");
  const paid = await stripe.invoices.list({ status: "paid", limit: 100 });
  expect(paid.data).toHaveLength(14);
  expect(new Set(paid.data.map(({ number }) => number)).size).toBe(14);
});

test("months keep the anchor's day, or take their last", () => {
  const anchor = Date.UTC(2027, 0, 31, 9, 30) / 1000;
  const month = { interval: "month", interval_count: 1 };
  const dates = [1, 2, 13].map((count) => new Date(afterIntervals(anchor, month, count) * 1000));
  expect(dates.map((date) => date.toISOString())).toEqual([
    "2027-02-28T09:30:00.000Z",
    "2027-03-31T09:30:00.000Z",
    "2028-02-29T09:30:00.000Z",
  ]);
});

test("a subscription that may not be incomplete is not made at all", async () => {
  const { stripe } = await startTestStripe();
  const { customer } = await makeCustomer(stripe, { card: "pm_card_chargeCustomerFail" });
  const price = await makePrice(stripe);
  await expect(
    stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      payment_behavior: "error_if_incomplete",
    }),
  ).rejects.toMatchObject({ type: "StripeCardError", statusCode: 402, code: "card_declined" });
  expect(
    (await stripe.subscriptions.list({ status: "all", test_clock: customer.test_clock as string }))
      .data,
  ).toEqual([]);
  expect(await eventsOf(stripe, "invoice.*", "customer.subscription.*")).toEqual([]);
});

test("an end at the period's end comes then, and can be taken back before", async () => {
  const { stripe } = await startTestStripe();
  const one = await makeSubscriber(stripe);
  const two = await makeSubscriber(stripe);
  for (const { subscription } of [one, two]) {
    const ending = await stripe.subscriptions.update(subscription.id, {
      cancel_at_period_end: true,
    });
    expect(ending).toMatchObject({
      status: "active",
      cancel_at_period_end: true,
      cancel_at: one.start + MONTH,
      cancellation_details: { reason: "cancellation_requested" },
    });
  }
  const [told] = await eventsOf(stripe, "customer.subscription.updated").then((all) =>
    all.slice(-1),
  );
  expect(told?.data.previous_attributes).toEqual({
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { reason: null },
  });
  await stripe.subscriptions.update(two.subscription.id, { cancel_at_period_end: false });
  for (const { advanceTo } of [one, two]) await advanceTo(MONTH + HOUR);
  expect(await one.now()).toMatchObject({ status: "canceled", ended_at: one.start + MONTH });
  expect(await two.now()).toMatchObject({ status: "active", cancel_at: null, canceled_at: null });
  expect(await eventsOf(stripe, "customer.subscription.deleted")).toHaveLength(1);
  expect((await stripe.invoices.list({ customer: one.customer.id })).data).toHaveLength(1);
});

test("what has ended can only be described, not changed or ended again", async () => {
  const { stripe } = await startTestStripe();
  const { subscription, price } = await makeSubscriber(stripe);
  const canceled = await stripe.subscriptions.cancel(subscription.id, {
    cancellation_details: { comment: "Too dear", feedback: "too_expensive" },
  });
  expect(canceled).toMatchObject({
    status: "canceled",
    cancellation_details: { comment: "Too dear", reason: "cancellation_requested" },
  });
  const { id } = subscription;
  await expect(stripe.subscriptions.cancel(id)).rejects.toMatchObject({ code: "resource_missing" });
  await expect(
    stripe.subscriptions.update(id, { items: [{ price: price.id }] }),
  ).rejects.toMatchObject({ code: "invalid_canceled_subscription_fields" });
  expect((await stripe.subscriptions.update(id, { metadata: { a: "b" } })).metadata).toEqual({
    a: "b",
  });
  expect((await stripe.subscriptions.list()).data).toEqual([]);
});

test("a deleted customer's subscriptions end, and are told before the customer's end", async () => {
  const { stripe } = await startTestStripe();
  const { customer, subscription, now } = await makeSubscriber(stripe);
  await stripe.customers.del(customer.id);
  expect((await now()).status).toBe("canceled");
  await stripe.subscriptions.update(subscription.id, { metadata: { why: "gone" } });
  expect((await now()).metadata).toEqual({ why: "gone" });
  const types = (await eventsOf(stripe)).slice(-4).map(({ type }) => type);
  expect(types.filter((type) => type.endsWith("deleted"))).toEqual([
    "customer.subscription.deleted",
    "customer.deleted",
  ]);
});

test("what does not fit is refused, and nothing is made", async () => {
  const { stripe } = await startTestStripe();
  const { customer } = await makeCustomer(stripe);
  const price = await makePrice(stripe);
  const wrong = {
    "no items": { items: [] },
    "a price that nobody has": { items: [{ price: "price_nobody" }] },
    "the same price twice": { items: [{ price: price.id }, { price: price.id }] },
    "a trial in the past": { trial_end: 1_000_000_000 },
    "a trial of three years": { trial_end: 1_900_000_000 },
    "two trials": { trial_end: 1_800_000_000, trial_period_days: 3 },
    "an end in the past": { cancel_at: 1_000_000_000 },
    "two kinds of end": { cancel_at: 1_900_000_000, cancel_at_period_end: true },
    "an unknown parameter": { coupon: "x" },
    "an unknown behaviour": { payment_behavior: "default_incomplete" },
  };
  for (const [what, params] of Object.entries(wrong)) {
    const request = { customer: customer.id, items: [{ price: price.id }], ...params };
    await expect(stripe.subscriptions.create(request as never), what).rejects.toMatchObject({
      type: "StripeInvalidRequestError",
      statusCode: 400,
    });
  }
  const clock = customer.test_clock as string;
  const all = await stripe.subscriptions.list({ status: "all", test_clock: clock });
  expect(all.data).toEqual([]);
});

test("time moves for everybody without a test clock, or for one customer alone", async () => {
  const { local, stripe } = await startTestStripe();
  const price = await makePrice(stripe);
  const subscribe = async () => {
    const customer = await stripe.customers.create({ payment_method: "pm_card_visa" });
    const { id } = await stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: price.id }],
      trial_period_days: 14,
    });
    return {
      customer: customer.id,
      status: async () => (await stripe.subscriptions.retrieve(id)).status,
    };
  };
  const [one, two] = [await subscribe(), await subscribe()];
  await control(local, { advance: { seconds: 20 * DAY, customer: one.customer } });
  expect([await one.status(), await two.status()]).toEqual(["past_due", "trialing"]);
  const found = await stripe.subscriptions.list({ customer: one.customer });
  expect(found.data.map(({ status }) => status)).toEqual(["past_due"]);
  await control(local, { advance: { seconds: 13 * DAY } });
  expect(await two.status()).toBe("trialing");
  await control(local, { advance: { seconds: DAY } });
  expect(await two.status()).toBe("active");
  const made = await stripe.customers.create();
  expect(made.created * 1000 - Date.now()).toBeGreaterThan(13.9 * DAY * 1000);
});

test("on the real clock things happen by themselves when they are due, also after a stop", async () => {
  const { stripe, clock } = await startTestStripe();
  const price = await makePrice(stripe);
  const customer = await stripe.customers.create({ payment_method: "pm_card_visa" });
  const { id } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 1,
  });
  clock.pass(DAY * 1000);
  await stripe.customers.list();
  expect((await stripe.subscriptions.retrieve(id)).status).toBe("active");
});

test("the seller's price stays while its amount does; another amount replaces it", async () => {
  const { local, stripe } = await startTestStripe();
  const pro = {
    lookupKey: "pro_monthly",
    productName: "Pro",
    unitAmount: MONTHLY,
    currency: "usd",
    interval: "month",
  } as const;
  const first = local.ensurePrice(pro);
  expect(local.ensurePrice(pro)).toBe(first);
  const second = local.ensurePrice({ ...pro, unitAmount: 12_900 });
  const prices = await stripe.prices.list({ expand: ["data.product"] });
  expect(prices.data).toMatchObject([
    { id: second, active: true, lookup_key: "pro_monthly", product: { name: "Pro" } },
    { id: first, active: false, lookup_key: null },
  ]);
});
