/** The manners of the API: keys, errors, lists, expansion, idempotency, as the real client sees them. */
import Stripe from "stripe";
import { expect, test } from "vitest";
import { API_VERSION } from "../../../local/stripe/account.ts";
import { temporaryFolder } from "../clerk/harness.ts";
import { clientOf, makeCustomer, makePrice, makeSubscriber, startTestStripe } from "./harness.ts";

test("it speaks the version of the API that the client asks for", () => {
  expect(API_VERSION).toBe(Stripe.API_VERSION);
});

test("a wrong key and a missing one are refused, and the answer does not repeat the key", async () => {
  const { local } = await startTestStripe();
  const stranger = clientOf({ url: local.url, secretKey: "sk_test_somebodyelses1234" });
  const refusal = await stranger.customers.list().catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
  expect(refusal).toMatchObject({
    statusCode: 401,
    message: "Invalid API Key provided: sk_test_********1234",
    requestId: expect.stringMatching(/^req_/),
  });
  const answer = await fetch(`${local.url}/v1/customers`);
  expect(answer.status).toBe(401);
});

test("what it does not have is refused in Stripe's shape, so that the client throws", async () => {
  const { stripe } = await startTestStripe();
  await expect(stripe.coupons.list()).rejects.toMatchObject({
    type: "StripeInvalidRequestError",
    statusCode: 404,
    message: expect.stringContaining("Unrecognized request URL (GET: /v1/coupons)"),
  });
});

test("another version of the API is refused", async () => {
  const { local } = await startTestStripe();
  const older = clientOf(local, { apiVersion: "2020-08-27" as never });
  await expect(older.customers.list()).rejects.toMatchObject({ statusCode: 400 });
});

test("a wrong parameter is refused by its name, and makes nobody", async () => {
  const { stripe } = await startTestStripe();
  const long = "k".repeat(41);
  const wrong: [params: object, code: string | undefined, param: string][] = [
    [{ nonsense: "x" }, "parameter_unknown", "nonsense"],
    [{ constructor: "x" }, "parameter_unknown", "constructor"],
    [{ name: { a: "b" } }, undefined, "name"],
    [{ email: "not an address" }, "email_invalid", "email"],
    [{ balance: "many" }, "parameter_invalid_integer", "balance"],
    [{ metadata: { [long]: "x" } }, undefined, `metadata[${long}]`],
    [{ metadata: "x" }, undefined, "metadata"],
    [{ description: "x".repeat(5001) }, undefined, "description"],
    [{ test_clock: "" }, "parameter_invalid_empty", "test_clock"],
  ];
  for (const [params, code, param] of wrong) {
    await expect(stripe.customers.create(params as never), param).rejects.toMatchObject({
      type: "StripeInvalidRequestError",
      statusCode: 400,
      code,
      param,
    });
  }
  expect((await stripe.customers.list()).data).toEqual([]);
});

test("a missing object is 404 in the path and 400 in a parameter", async () => {
  const { stripe } = await startTestStripe();
  await expect(stripe.customers.retrieve("cus_nobody")).rejects.toMatchObject({
    statusCode: 404,
    code: "resource_missing",
    message: "No such customer: 'cus_nobody'",
  });
  const price = await makePrice(stripe);
  await expect(
    stripe.subscriptions.create({ customer: "cus_nobody", items: [{ price: price.id }] }),
  ).rejects.toMatchObject({ statusCode: 400, code: "resource_missing", param: "customer" });
});

test("a customer is kept as given, changed by merging metadata, and leaves a mark when deleted", async () => {
  const { stripe } = await startTestStripe();
  const made = await stripe.customers.create({
    email: "ada@example.com",
    name: "Ünïcode 🌞 & Söhne",
    metadata: { tenant: "t1", old: "x", __proto__x: "y" },
    address: { city: "Oslo", country: "NO" },
  });
  expect(made).toMatchObject({
    name: "Ünïcode 🌞 & Söhne",
    livemode: false,
    address: { city: "Oslo", line1: null },
  });
  const changed = await stripe.customers.update(made.id, {
    metadata: { old: "", more: "z" },
    email: "",
  });
  expect(changed).toMatchObject({ email: null, name: made.name });
  expect(changed.metadata).toEqual({ tenant: "t1", __proto__x: "y", more: "z" });
  expect(await stripe.customers.retrieve(made.id)).toEqual(changed);

  expect(await stripe.customers.del(made.id)).toMatchObject({ id: made.id, deleted: true });
  expect(await stripe.customers.retrieve(made.id)).toEqual({
    id: made.id,
    object: "customer",
    deleted: true,
  });
  expect((await stripe.customers.list()).data).toEqual([]);
  await expect(stripe.customers.update(made.id, { name: "x" })).rejects.toMatchObject({
    code: "resource_missing",
  });
});

test("lists are newest first, and the client pages through them", async () => {
  const { stripe } = await startTestStripe();
  const names = ["a", "b", "c", "d", "e"];
  for (const name of names) await stripe.customers.create({ name });
  const first = await stripe.customers.list({ limit: 2 });
  expect(first.data.map(({ name }) => name)).toEqual(["e", "d"]);
  expect(first).toMatchObject({ object: "list", has_more: true, url: "/v1/customers" });
  const all = await stripe.customers.list({ limit: 2 }).autoPagingToArray({ limit: 100 });
  expect(all.map(({ name }) => name)).toEqual(names.toReversed());
  const back = await stripe.customers.list({ limit: 2, ending_before: all[3]?.id });
  expect(back.data.map(({ name }) => name)).toEqual(["d", "c"]);
  expect(back.has_more).toBe(true);
  await expect(stripe.customers.list({ starting_after: "cus_nobody" })).rejects.toMatchObject({
    code: "resource_missing",
    param: "starting_after",
  });
  await expect(stripe.customers.list({ limit: 101 })).rejects.toMatchObject({ param: "limit" });
});

test("customers are found by what Stripe's search indexes", async () => {
  const { stripe } = await startTestStripe();
  const one = await stripe.customers.create({ email: "a@example.com", metadata: { tenant: "t1" } });
  const two = await stripe.customers.create({ email: "b@example.com", metadata: { tenant: "t2" } });
  const find = async (query: string) =>
    (await stripe.customers.search({ query })).data.map(({ id }) => id);
  expect(await find("metadata['tenant']:'t1'")).toEqual([one.id]);
  expect(await find("email:'b@example.com' AND metadata['tenant']:'t2'")).toEqual([two.id]);
  expect(await find("email:'b@example.com' AND metadata['tenant']:'t1'")).toEqual([]);
  expect(await find("email~'example.com'")).toEqual([two.id, one.id]);
  await expect(find("what is this")).rejects.toMatchObject({ statusCode: 400 });
});

test("a price is found by its lookup key, which only one price has", async () => {
  const { stripe } = await startTestStripe();
  const product = await stripe.products.create({ name: "Pro", id: "pro" });
  const params = {
    product: product.id,
    currency: "USD",
    unit_amount: 9900,
    lookup_key: "pro_monthly",
    recurring: { interval: "month" as const },
  };
  const first = await stripe.prices.create(params);
  expect(first).toMatchObject({
    product: "pro",
    currency: "usd",
    type: "recurring",
    recurring: { interval: "month", interval_count: 1, usage_type: "licensed" },
  });
  expect(first.unit_amount_decimal?.toString()).toBe("9900");
  await expect(stripe.prices.create(params)).rejects.toMatchObject({ param: "lookup_key" });
  const second = await stripe.prices.create({
    ...params,
    unit_amount: 12900,
    transfer_lookup_key: true,
  });
  const found = await stripe.prices.list({
    lookup_keys: ["pro_monthly"],
    expand: ["data.product"],
  });
  expect(found.data.map(({ id }) => id)).toEqual([second.id]);
  expect(found.data[0]?.product).toMatchObject({ id: "pro", name: "Pro" });
  expect((await stripe.prices.retrieve(first.id)).lookup_key).toBeNull();
  await stripe.prices.update(second.id, { active: false });
  expect((await stripe.prices.list({ active: true })).data.map(({ id }) => id)).toEqual([first.id]);
});

test("references are expanded where asked, and refused where there is nothing to expand", async () => {
  const { stripe } = await startTestStripe();
  const { customer, subscription, price } = await makeSubscriber(stripe);
  const full = await stripe.subscriptions.retrieve(subscription.id, {
    expand: ["customer", "latest_invoice.customer", "items.data.price.product"],
  });
  expect(full.customer).toMatchObject({ id: customer.id, name: "Ada" });
  expect(full.latest_invoice).toMatchObject({ status: "paid", customer: { id: customer.id } });
  expect(full.items.data[0]?.price.product).toMatchObject({ id: price.product, name: "Pro" });
  const plain = await stripe.subscriptions.retrieve(subscription.id);
  expect(plain).toMatchObject({ customer: customer.id });
  const owner = await stripe.customers.retrieve(customer.id, { expand: ["subscriptions"] });
  expect(owner).toMatchObject({ subscriptions: { data: [{ id: subscription.id }] } });
  for (const path of ["status", "nonsense", "__proto__.x", "constructor", "a.b.c.d.e"]) {
    await expect(
      stripe.subscriptions.retrieve(subscription.id, { expand: [path] }),
    ).rejects.toMatchObject({ statusCode: 400 });
  }
});

test("the same key and parameters are done once and answered alike, also after a restart", async () => {
  const dataDir = temporaryFolder();
  const first = await startTestStripe({ dataDir });
  const create = (stripe: Stripe, name: string) =>
    stripe.customers.create({ name }, { idempotencyKey: "key-1" });
  const made = await create(first.stripe, "Ada");
  const again = await create(first.stripe, "Ada");
  expect(again).toEqual(made);
  await first.local.close();

  const { stripe } = await startTestStripe({ dataDir });
  expect(await create(stripe, "Ada")).toEqual(made);
  await expect(create(stripe, "Bo")).rejects.toMatchObject({
    type: "StripeIdempotencyError",
    statusCode: 400,
    message: expect.stringContaining("same parameters"),
  });
  await expect(
    stripe.products.create({ name: "Ada" }, { idempotencyKey: "key-1" }),
  ).rejects.toMatchObject({ type: "StripeIdempotencyError" });
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

test("an answer from memory says so, and whose it was", async () => {
  const { local } = await startTestStripe();
  const create = () =>
    fetch(`${local.url}/v1/customers`, {
      method: "POST",
      headers: { Authorization: `Bearer ${local.secretKey}`, "Idempotency-Key": "key-1" },
      body: "name=Ada",
    });
  const first = await create();
  const second = await create();
  expect(first.headers.get("idempotent-replayed")).toBeNull();
  expect(second.headers.get("idempotent-replayed")).toBe("true");
  expect(second.headers.get("original-request")).toBe(first.headers.get("request-id"));
  expect(await second.text()).toBe(await first.text());
});

test("a key is not used up by parameters that are refused, and is forgotten after a day", async () => {
  const { stripe, clock } = await startTestStripe();
  const key = { idempotencyKey: "key-1" };
  await expect(stripe.customers.create({ email: "x" }, key)).rejects.toMatchObject({
    code: "email_invalid",
  });
  const first = await stripe.customers.create({ email: "x@example.com" }, key);
  clock.pass(25 * 60 * 60 * 1000);
  const second = await stripe.customers.create({ email: "x@example.com" }, key);
  expect(second.id).not.toBe(first.id);
});

test("a declined payment is answered from memory too: the attempt is not made twice", async () => {
  const { stripe } = await startTestStripe();
  const { subscription } = await makeSubscriber(stripe, { card: "pm_card_chargeCustomerFail" });
  const invoice = String(subscription.latest_invoice);
  const pay = () => stripe.invoices.pay(invoice, {}, { idempotencyKey: "pay-1" });
  for (let i = 0; i < 2; i += 1) {
    await expect(pay()).rejects.toMatchObject({
      type: "StripeCardError",
      decline_code: "generic_decline",
    });
  }
  const failures = await stripe.events.list({ type: "invoice.payment_failed" });
  expect(failures.data).toHaveLength(2);
});

test("many at once with one key make one", async () => {
  const { stripe } = await startTestStripe();
  const made = await Promise.all(
    Array.from({ length: 20 }, () =>
      stripe.customers.create({ name: "Ada" }, { idempotencyKey: "key-1" }),
    ),
  );
  expect(new Set(made.map(({ id }) => id)).size).toBe(1);
});

test("a card of one customer is no use to another", async () => {
  const { stripe } = await startTestStripe();
  const one = await makeCustomer(stripe);
  const two = await makeCustomer(stripe);
  const [card] = (await stripe.paymentMethods.list({ customer: one.customer.id })).data;
  await expect(
    stripe.customers.update(two.customer.id, {
      invoice_settings: { default_payment_method: card?.id },
    }),
  ).rejects.toMatchObject({ statusCode: 400 });
  const price = await makePrice(stripe);
  await expect(
    stripe.subscriptions.create({
      customer: two.customer.id,
      items: [{ price: price.id }],
      default_payment_method: card?.id,
    }),
  ).rejects.toMatchObject({ statusCode: 400 });
  expect((await stripe.subscriptions.list()).data).toEqual([]);
});
