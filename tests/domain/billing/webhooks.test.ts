import { beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import type { BillingSnapshot } from "../../../convex/tables/billing.ts";
import { type Backend, backend } from "../../support/backend.ts";
import { givenPlan } from "../../support/givenPlan.ts";
import {
  deliverFromStripe,
  signatureOf,
  stripeOf,
  type StripeOf,
  until,
} from "../../support/localStripe.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;
let stripe: StripeOf;
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north", "starter");
  south = await signUp(t, "south", "starter");
  stripe = await stripeOf(t);
});

/** An event about a customer, as Stripe would write it. */
function eventOf(customer: string, more: object = {}): string {
  return JSON.stringify({
    id: "evt_made_up",
    object: "event",
    type: "customer.subscription.updated",
    livemode: false,
    data: { object: { object: "subscription", id: "sub_made_up", customer } },
    ...more,
  });
}

/** Delivers it signed with our secret, or otherwise. */
async function deliver(body: string, signature?: string): Promise<Response> {
  const signed = signature ?? signatureOf(body, stripe.local.webhookSecret);
  return await deliverFromStripe(t, body, signed);
}

const customerOf = async (tenant: TestTenant) => (await stripe.accountOf(tenant))!.customer!;

describe("Stripe's events", () => {
  it.each<[string, Parameters<StripeOf["control"]>[0]["webhooks"]]>([
    ["each three times", { copies: 3 }],
    ["late and in the wrong order", { delay_ms: 150, order: "newest_first" }],
    ["all at once", { at_once: 8, copies: 2 }],
    ["without the one that completes the checkout", { drop: ["checkout.session.completed"] }],
  ])("that come %s lead to the same state", async (_how, webhooks) => {
    await stripe.control({ webhooks: { ...webhooks, hold: true } });
    const { url } = await stripe.ask(north, "checkout");
    await stripe.pay(url!);
    await stripe.control({ webhooks: { hold: false } });
    await until(async () => {
      const events = await stripe.inbox();
      expect(events.length).toBeGreaterThan(0);
      expect(new Set(events.map(({ status }) => status))).toEqual(new Set(["processed"]));
    });
    expect(await stripe.tenantOf(north)).toMatchObject({ plan: "pro", status: "active" });
    expect(await stripe.tenantOf(south)).toMatchObject({ plan: "starter" });
    const audit = await t.run(({ db }) => db.query("auditLog").collect());
    expect(audit.filter(({ action }) => action === "company.planChanged")).toHaveLength(1);
  });

  it("are answered 500 while Stripe cannot be read, come again, and then count", async () => {
    const { STRIPE_API_BASE: base } = process.env;
    await stripe.control({ webhooks: { drop: ["*"] } });
    const { url } = await stripe.ask(north, "checkout");
    await stripe.pay(url!);
    const body = eventOf(await customerOf(north));
    vi.stubEnv("STRIPE_API_BASE", "http://127.0.0.1:9");
    expect((await deliver(body)).status).toBe(500);
    expect(await stripe.inbox()).toMatchObject([{ status: "failed", body, attempts: 1 }]);
    expect((await stripe.tenantOf(north)).plan).toBe("starter");

    vi.stubEnv("STRIPE_API_BASE", base);
    expect((await deliver(body)).status).toBe(200);
    expect(await stripe.inbox()).toMatchObject([{ status: "processed", attempts: 2 }]);
    expect((await stripe.tenantOf(north)).plan).toBe("pro");
  });

  it("that failed can be tried again by staff", async () => {
    await stripe.control({ webhooks: { drop: ["*"] } });
    await stripe.pay((await stripe.ask(north, "checkout")).url!);
    const body = eventOf(await customerOf(north));
    vi.stubEnv("STRIPE_PRICE_PRO_MONTHLY", "");
    expect((await deliver(body)).status).toBe(500);
    vi.stubEnv("STRIPE_PRICE_PRO_MONTHLY", "price_another");
    const event = { source: "stripe" as const, eventId: "evt_made_up" };
    expect(await t.action(internal.webhookEvents.retry, event)).toBe(true);
    expect(await stripe.inbox()).toMatchObject([{ status: "processed" }]);
    expect((await stripe.tenantOf(north)).plan, "known by its lookup key").toBe("pro");
  });

  it.each<[string, (body: string) => string]>([
    ["another secret", (body) => signatureOf(body, "whsec_another")],
    ["another body", () => signatureOf("{}", process.env.STRIPE_WEBHOOK_SECRET!)],
    [
      "a signature of ten minutes ago",
      (body) => signatureOf(body, process.env.STRIPE_WEBHOOK_SECRET!, Date.now() / 1000 - 600),
    ],
    ["no signature", () => ""],
    ["nonsense", () => "t=1,v1=zz,;="],
  ])("with %s are refused and leave nothing", async (_what, signature) => {
    await stripe.ask(north, "checkout");
    const body = eventOf(await customerOf(north));
    expect((await deliver(body, signature(body))).status).toBe(401);
    expect(await stripe.inbox()).toEqual([]);
  });

  it.each<[string, object, string]>([
    ["of the live mode", { livemode: true }, "The event is of the live mode, and our key is not."],
    [
      "about a customer of nobody",
      { data: { object: { object: "subscription", id: "sub_1", customer: "cus_nobody" } } },
      "No company here is Stripe's customer cus_nobody.",
    ],
    [
      "that name no customer",
      { data: { object: { object: "subscription", id: "sub_1", customer: null } } },
      "The event names no customer.",
    ],
    ["that are none", { data: "☀" }, "The body is not an event of stripe."],
  ])("%s stay to be seen as failed, and change nothing", async (_what, more, detail) => {
    await stripe.ask(north, "checkout");
    const before = await stripe.tenantOf(north);
    expect((await deliver(eventOf(await customerOf(north), more))).status).toBe(200);
    expect(await stripe.inbox()).toMatchObject([{ status: "failed", detail }]);
    expect(await stripe.tenantOf(north)).toEqual(before);
  });

  it("of other kinds are ignored", async () => {
    await stripe.ask(north, "checkout");
    const body = eventOf(await customerOf(north), { type: "charge.refunded" });
    expect((await deliver(body)).status).toBe(200);
    expect(await stripe.inbox()).toMatchObject([{ status: "ignored" }]);
  });
});

describe("a customer at Stripe", () => {
  it("whose metadata name another company gives nothing to either, and the event stays failed", async () => {
    await stripe.ask(north, "checkout");
    const customer = await customerOf(north);
    await stripe.client.customers.update(customer, { metadata: { tenantId: south.tenantId } });
    await stripe.client.subscriptions.create({
      customer,
      items: [{ price: process.env.STRIPE_PRICE_PRO_MONTHLY! }],
      trial_period_days: 10,
    });
    await until(async () => {
      expect((await stripe.inbox()).at(-1)).toMatchObject({
        status: "failed",
        lastError: `Stripe's customer ${customer} does not name this company.`,
      });
    });
    for (const each of [north, south]) expect((await stripe.tenantOf(each)).plan).toBe("starter");
    const { status } = await stripe.ask(north, "checkout");
    expect(status, "nor is the customer used any more").toBe("failed");
  });

  it("that somebody else made with a company's id in its metadata is nobody's", async () => {
    const { id: customer } = await stripe.client.customers.create({
      metadata: { tenantId: south.tenantId },
    });
    await stripe.client.subscriptions.create({
      customer,
      items: [{ price: process.env.STRIPE_PRICE_PRO_MONTHLY! }],
      trial_period_days: 10,
    });
    await until(async () => {
      expect((await stripe.inbox()).map(({ status }) => status)).toContain("failed");
    });
    expect((await stripe.tenantOf(south)).plan).toBe("starter");
    expect((await stripe.accountOf(south))?.customer).toBeUndefined();
  });

  it("that was deleted takes the plan with it, and the next checkout makes a new one", async () => {
    await stripe.subscribe(north);
    const before = await customerOf(north);
    await stripe.client.customers.del(before);
    await until(async () => expect((await stripe.tenantOf(north)).plan).toBe("starter"));
    expect((await stripe.accountOf(north))?.customer).toBeUndefined();
    await stripe.subscribe(north);
    expect(await customerOf(north)).not.toBe(before);
    expect((await stripe.tenantOf(north)).plan).toBe("pro");
  });
});

describe("a read of Stripe", () => {
  const nothing = (customer: string): BillingSnapshot => ({
    ...{ customer, deleted: false, subscription: null, surplus: 0, invoices: [] },
  });

  it("that began before the last one written changes nothing", async () => {
    await stripe.ask(north, "checkout");
    const { tenantId } = north;
    const early = await t.mutation(internal.billing.sync.begin, { tenantId });
    await stripe.subscribe(north);
    const snapshot = nothing(early!.customer);
    const { read } = early!;
    expect(
      await t.mutation(internal.billing.sync.apply, { tenantId, read, snapshot }),
    ).toMatchObject({ changed: false });
    expect((await stripe.tenantOf(north)).plan).toBe("pro");
    expect((await stripe.accountOf(north))?.subscription?.status).toBe("trialing");
  });

  it("of another customer than the company's is not written", async () => {
    await stripe.subscribe(north);
    const { tenantId } = north;
    const snapshot = nothing("cus_south");
    await t.mutation(internal.billing.sync.apply, { tenantId, read: 99, snapshot });
    expect((await stripe.tenantOf(north)).plan).toBe("pro");
  });

  it("leaves an Enterprise company on Enterprise, and tells staff that it pays twice", async () => {
    await stripe.subscribe(north);
    await t.run(({ db }) => db.patch("tenants", north.tenantId, givenPlan("enterprise")));
    await north.as.mutation(api.billing.refresh, {});
    await until(async () => {
      expect((await stripe.accountOf(north))?.problem).toMatch(/Enterprise/);
    });
    expect((await stripe.tenantOf(north)).plan).toBe("enterprise");
  });
});
