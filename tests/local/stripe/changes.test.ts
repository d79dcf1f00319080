/** Changes of a running subscription and what they cost. */
import type Stripe from "stripe";
import { expect, test } from "vitest";
import { DAY, eventsOf, makePrice, makeSubscriber, MONTHLY, startTestStripe } from "./harness.ts";

const HOUR = 60 * 60;
/** From the 23rd of November to the 23rd of December. */
const MONTH = 30 * DAY;

const latest = (subscription: Stripe.Subscription) => subscription.latest_invoice as Stripe.Invoice;

/** A subscriber, half of whose first period has passed, and a price that is twice as high. */
async function halfWay(stripe: Stripe, card?: string) {
  const made = await makeSubscriber(stripe, { card });
  const dearer = await makePrice(stripe, 2 * MONTHLY, "Max");
  await made.advanceTo(MONTH / 2);
  const item = made.subscription.items.data[0]?.id;
  return { ...made, dearer, upgrade: { items: [{ id: item, price: dearer.id }] } };
}

test("a dearer plan in the middle of a period is counted in with the next invoice", async () => {
  const { stripe } = await startTestStripe();
  const { subscription, upgrade, dearer, advanceTo, now, start } = await halfWay(stripe);
  const changed = await stripe.subscriptions.update(subscription.id, upgrade);
  expect(changed.items.data).toMatchObject([
    { price: { id: dearer.id }, plan: { id: dearer.id }, current_period_end: start + MONTH },
  ]);
  expect(changed.latest_invoice).toBe(subscription.latest_invoice);
  await advanceTo(MONTH + HOUR);
  const invoice = latest(await now());
  expect(invoice).toMatchObject({ status: "paid", total: MONTHLY / 2 + 2 * MONTHLY });
  expect(invoice.lines.data.map(({ amount }) => amount)).toEqual([
    -MONTHLY / 2,
    MONTHLY,
    2 * MONTHLY,
  ]);
  expect(invoice.lines.data[0]?.parent?.subscription_item_details).toMatchObject({
    proration: true,
  });
});

test("asked to invoice always, the difference is charged at once", async () => {
  const { stripe } = await startTestStripe();
  const { subscription, upgrade, now } = await halfWay(stripe);
  await stripe.subscriptions.update(subscription.id, {
    ...upgrade,
    proration_behavior: "always_invoice",
  });
  expect(latest(await now())).toMatchObject({
    status: "paid",
    billing_reason: "subscription_update",
    total: MONTHLY / 2,
  });
});

test("without prorations only the next period costs more", async () => {
  const { stripe } = await startTestStripe();
  const { subscription, upgrade, advanceTo, now } = await halfWay(stripe);
  await stripe.subscriptions.update(subscription.id, { ...upgrade, proration_behavior: "none" });
  await advanceTo(MONTH + HOUR);
  expect(latest(await now()).total).toBe(2 * MONTHLY);
});

test("a cheaper plan leaves a credit, which the next invoices use up", async () => {
  const { stripe } = await startTestStripe();
  const { subscription, upgrade, customer, price, advanceTo, now } = await halfWay(stripe);
  const change = { ...upgrade, proration_behavior: "always_invoice" as const };
  await stripe.subscriptions.update(subscription.id, change);
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: subscription.items.data[0]?.id, price: price.id }],
    proration_behavior: "always_invoice",
  });
  expect(latest(await now())).toMatchObject({ status: "paid", total: -MONTHLY / 2, amount_due: 0 });
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -MONTHLY / 2 });
  await advanceTo(MONTH + HOUR);
  expect(latest(await now())).toMatchObject({ total: MONTHLY, amount_paid: MONTHLY / 2 });
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: 0 });
});

test("an upgrade whose payment fails changes nothing when asked so, and is past due otherwise", async () => {
  const { stripe } = await startTestStripe();
  const { subscription, upgrade, customer, price, now } = await halfWay(stripe);
  await stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: "pm_card_chargeCustomerFail" },
  });
  const change = { ...upgrade, proration_behavior: "always_invoice" as const };
  await expect(
    stripe.subscriptions.update(subscription.id, {
      ...change,
      payment_behavior: "error_if_incomplete",
    }),
  ).rejects.toMatchObject({ code: "card_declined" });
  expect(await now()).toMatchObject({
    status: "active",
    items: { data: [{ price: { id: price.id } }] },
    latest_invoice: { status: "paid" },
  });
  expect(await stripe.subscriptions.update(subscription.id, change)).toMatchObject({
    status: "past_due",
  });
});

test("a yearly price begins a year of its own, with the unused month credited", async () => {
  const { stripe } = await startTestStripe();
  const { subscription, now, price, start } = await halfWay(stripe);
  const yearly = await stripe.prices.create({
    currency: "usd",
    unit_amount: 99_000,
    recurring: { interval: "year" },
    product: String(price.product),
  });
  await stripe.subscriptions.update(subscription.id, {
    items: [{ id: subscription.items.data[0]?.id, price: yearly.id }],
  });
  expect(await now()).toMatchObject({
    billing_cycle_anchor: start + MONTH / 2,
    items: {
      data: [
        {
          current_period_start: start + MONTH / 2,
          current_period_end: start + MONTH / 2 + 365 * DAY,
        },
      ],
    },
    latest_invoice: { status: "paid", total: 99_000 - MONTHLY / 2 },
  });
});

test("a trial can be ended now, prolonged, and begun on a paid plan", async () => {
  const { stripe } = await startTestStripe();
  const one = await makeSubscriber(stripe, { trial_period_days: 14 });
  const ended = await stripe.subscriptions.update(one.subscription.id, { trial_end: "now" });
  expect(ended).toMatchObject({ status: "active", trial_end: one.start });
  expect(latest(await one.now())).toMatchObject({ status: "paid", total: MONTHLY });

  const two = await makeSubscriber(stripe, { trial_period_days: 14 });
  const longer = two.start + 30 * DAY;
  await stripe.subscriptions.update(two.subscription.id, { trial_end: longer });
  await two.advanceTo(20 * DAY);
  expect(await two.now()).toMatchObject({
    status: "trialing",
    trial_end: longer,
    billing_cycle_anchor: longer,
  });
  const notices = await eventsOf(stripe, "customer.subscription.trial_will_end");
  expect(notices).toEqual([]);

  const three = await makeSubscriber(stripe);
  await stripe.subscriptions.update(three.subscription.id, { trial_end: three.start + 10 * DAY });
  expect(await three.now()).toMatchObject({ status: "trialing" });
  expect(await stripe.customers.retrieve(three.customer.id)).toMatchObject({ balance: -MONTHLY });
});

test("a preview shows what would be charged, and changes nothing", async () => {
  const { stripe } = await startTestStripe();
  const { subscription, upgrade, customer, now } = await halfWay(stripe);
  const before = [await now(), await eventsOf(stripe)];
  const next = await stripe.invoices.createPreview({ customer: customer.id });
  expect(next).toMatchObject({
    id: expect.stringMatching(/^upcoming_in_/),
    status: "draft",
    amount_due: MONTHLY,
    number: null,
  });
  const atOnce = await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: { ...upgrade, proration_behavior: "always_invoice" },
  });
  expect(atOnce).toMatchObject({ amount_due: MONTHLY / 2, billing_reason: "subscription_update" });
  const later = await stripe.invoices.createPreview({
    subscription: subscription.id,
    subscription_details: upgrade,
  });
  expect(later.lines.data.map(({ amount }) => amount)).toEqual([
    -MONTHLY / 2,
    MONTHLY,
    2 * MONTHLY,
  ]);
  await expect(
    stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: { cancel_at_period_end: true },
    }),
  ).rejects.toMatchObject({ code: "invoice_upcoming_none" });
  expect([await now(), await eventsOf(stripe)]).toEqual(before);
});
