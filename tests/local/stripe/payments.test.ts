/** Payments that fail: attempts, their schedule, and how it ends. */
import type Stripe from "stripe";
import { expect, test } from "vitest";
import { control, DAY, eventsOf, makePrice, makeSubscriber, startTestStripe } from "./harness.ts";

const HOUR = 60 * 60;
const latest = (subscription: Stripe.Subscription) => subscription.latest_invoice as Stripe.Invoice;

test("a card that fails at the end of a trial is tried four times in two weeks; then it is over", async () => {
  const { stripe } = await startTestStripe();
  const { advanceTo, now, start } = await makeSubscriber(stripe, {
    card: "pm_card_chargeCustomerFail",
    trial_period_days: 14,
  });
  await advanceTo(14 * DAY + HOUR);
  expect(await now()).toMatchObject({
    status: "past_due",
    latest_invoice: {
      status: "open",
      attempt_count: 1,
      attempted: true,
      next_payment_attempt: start + 17 * DAY + HOUR,
    },
  });
  const expected: [day: number, attempts: number, status: string][] = [
    [17, 2, "past_due"],
    [22, 3, "past_due"],
    [28, 4, "canceled"],
  ];
  for (const [day, attempts, status] of expected) {
    await advanceTo(day * DAY + HOUR - 1);
    expect(latest(await now()).attempt_count).toBe(attempts - 1);
    await advanceTo(day * DAY + HOUR);
    expect(await now()).toMatchObject({ status, latest_invoice: { attempt_count: attempts } });
  }
  expect(await now()).toMatchObject({
    cancellation_details: { reason: "payment_failed" },
    latest_invoice: { status: "open", next_payment_attempt: null, auto_advance: false },
  });
  expect(await eventsOf(stripe, "invoice.payment_failed")).toHaveLength(4);
  await advanceTo(90 * DAY);
  expect(await eventsOf(stripe, "invoice.payment_failed")).toHaveLength(4);
  expect(await eventsOf(stripe, "customer.subscription.deleted")).toHaveLength(1);
});

test("a new card mends what is past due at the next attempt", async () => {
  const { stripe } = await startTestStripe();
  const { customer, advanceTo, now } = await makeSubscriber(stripe, {
    card: "pm_card_chargeCustomerFail",
    trial_period_days: 14,
  });
  await advanceTo(15 * DAY);
  expect((await now()).status).toBe("past_due");
  await stripe.customers.update(customer.id, {
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
  expect((await now()).status).toBe("past_due");
  await advanceTo(18 * DAY);
  expect(await now()).toMatchObject({ status: "active", latest_invoice: { status: "paid" } });
});

test("an attempt by hand leaves the schedule as it is", async () => {
  const { stripe } = await startTestStripe();
  const { advanceTo, now } = await makeSubscriber(stripe, {
    card: "pm_card_chargeCustomerFail",
    trial_period_days: 14,
  });
  await advanceTo(15 * DAY);
  const before = latest(await now());
  await expect(stripe.invoices.pay(before.id)).rejects.toMatchObject({ code: "card_declined" });
  expect(latest(await now())).toMatchObject({
    attempt_count: 1,
    next_payment_attempt: before.next_payment_attempt,
  });
  const paid = await stripe.invoices.pay(before.id, { payment_method: "pm_card_mastercard" });
  expect(paid).toMatchObject({ status: "paid", next_payment_attempt: null });
  expect((await now()).status).toBe("active");
  await expect(stripe.invoices.pay(before.id)).rejects.toMatchObject({ statusCode: 400 });
});

test("other days between attempts, and another end, can be set", async () => {
  const { local, stripe } = await startTestStripe();
  await control(local, { dunning: { retry_days: [1], then: "unpaid" }, draft_seconds: 0 });
  const { advanceTo, now } = await makeSubscriber(stripe, {
    card: "pm_card_chargeCustomerFail",
    trial_period_days: 14,
  });
  await advanceTo(14 * DAY);
  expect((await now()).status).toBe("past_due");
  await advanceTo(15 * DAY);
  expect((await now()).status).toBe("unpaid");
  await advanceTo(50 * DAY);
  expect(latest(await now())).toMatchObject({ status: "draft", auto_advance: false });
});

test.each([
  ["cancel", "canceled"],
  ["create_invoice", "past_due"],
] as const)("a trial without a card ends as told: %s", async (behavior, status) => {
  const { stripe } = await startTestStripe();
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: 1_800_000_000 });
  const customer = await stripe.customers.create({ test_clock: clock.id });
  const price = await makePrice(stripe);
  const { id } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
    trial_period_days: 14,
    trial_settings: { end_behavior: { missing_payment_method: behavior } },
  });
  await stripe.testHelpers.testClocks.advance(clock.id, {
    frozen_time: 1_800_000_000 + 15 * DAY,
  });
  expect((await stripe.subscriptions.retrieve(id)).status).toBe(status);
});

test("a first payment that fails can be made within 23 hours, and not later", async () => {
  const { stripe } = await startTestStripe();
  const one = await makeSubscriber(stripe, { card: "pm_card_chargeCustomerFail" });
  const two = await makeSubscriber(stripe, { card: "pm_card_chargeCustomerFail" });
  expect(one.subscription.status).toBe("incomplete");
  await stripe.invoices.pay(latest(await one.now()).id, { payment_method: "pm_card_visa" });
  for (const { advanceTo } of [one, two]) await advanceTo(23 * HOUR);
  expect((await one.now()).status).toBe("active");
  expect(await two.now()).toMatchObject({
    status: "incomplete_expired",
    latest_invoice: { status: "void" },
  });
});
