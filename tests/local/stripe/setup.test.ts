/** `npm run stripe:setup`, on an account that is empty and on one that it has set up. */
import { expect, test } from "vitest";
import { PRO_MONTHLY, STRIPE_EVENTS } from "../../../lib/billing.ts";
import { setUpStripe } from "../../../local/stripeSetup/account.ts";
import { makePrice, startTestStripe } from "./harness.ts";

const SITE = "http://127.0.0.1:9";
const started = () =>
  startTestStripe({ webhookUrl: `${SITE}/webhooks/stripe`, webhookEvents: STRIPE_EVENTS });

test("an empty account gets the price, and a second run makes nothing more", async () => {
  const { stripe } = await started();
  const first = await setUpStripe(stripe, SITE);
  const price = await stripe.prices.retrieve(first.variables.STRIPE_PRICE_PRO_MONTHLY ?? "");
  expect(price).toMatchObject({
    lookup_key: PRO_MONTHLY,
    unit_amount: 9_900,
    currency: "usd",
    active: true,
    recurring: { interval: "month" },
    metadata: { plan: "pro" },
  });
  expect(await setUpStripe(stripe, SITE)).toEqual({ variables: first.variables, done: [] });
  expect((await stripe.prices.list()).data).toHaveLength(1);
  expect((await stripe.products.list()).data).toHaveLength(1);
});

test("a price of another amount is replaced, and still known as Pro's", async () => {
  const { stripe } = await started();
  const old = await makePrice(stripe, 4_900);
  await stripe.prices.update(old.id, { lookup_key: PRO_MONTHLY });
  const { variables } = await setUpStripe(stripe, undefined);
  expect(variables.STRIPE_PRICE_PRO_MONTHLY).not.toBe(old.id);
  expect(await stripe.prices.retrieve(old.id)).toMatchObject({
    active: false,
    lookup_key: null,
    metadata: { plan: "pro" },
    product: old.product,
  });
  expect((await stripe.products.list()).data).toHaveLength(1);
});
