import { beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import { DAY_MS } from "../../../lib/days.ts";
import { TRIAL_DAYS } from "../../../lib/plans.ts";
import { type Backend, backend } from "../../support/backend.ts";
import { givenPlan } from "../../support/givenPlan.ts";
import { DECLINED_CARD, stripeOf, type StripeOf, until } from "../../support/localStripe.ts";
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

describe("subscribing to Pro", () => {
  it("gives the plan as soon as it is paid, and nothing to another company", async () => {
    const { url } = await stripe.ask(north, "checkout");
    expect((await stripe.tenantOf(north)).plan).toBe("starter");
    expect(await stripe.pay(url!)).toBe(303);
    await until(async () => expect((await stripe.tenantOf(north)).plan).toBe("pro"));

    expect(await north.as.query(api.billing.account, {})).toMatchObject({
      hasCustomer: true,
      subscription: { status: "trialing", plan: "pro" },
    });
    expect(await stripe.tenantOf(south)).toMatchObject({ plan: "starter" });
    expect(await south.as.query(api.billing.account, {})).toMatchObject({
      hasCustomer: false,
      subscription: null,
      invoices: [],
    });
  });

  it("makes one customer, which names the company, however often it is asked for", async () => {
    for (const as of [north.as, north.as, north.asRole("System Administrator")]) {
      await as.mutation(api.billing.ask, { kind: "checkout" });
    }
    await stripe.ask(north, "checkout");
    const { data } = await stripe.client.customers.list();
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({
      name: "north Solar",
      email: "admin@north.test",
      metadata: { tenantId: north.tenantId },
    });
  });

  it("leaves only the newest of its pages open, so that nobody pays twice", async () => {
    const first = await stripe.ask(north, "checkout");
    const second = await stripe.ask(north, "checkout");
    expect(await stripe.pay(first.url!)).not.toBe(303);
    expect(await stripe.pay(second.url!)).toBe(303);
    expect((await stripe.client.subscriptions.list()).data).toHaveLength(1);
  });

  it("has fourteen free days for a company that never had a trial", async () => {
    const { trial_end, created, status } = await stripe.subscribe(north);
    expect(status).toBe("trialing");
    expect(trial_end! - created).toBe(TRIAL_DAYS * 24 * 60 * 60);
    expect(await stripe.tenantOf(north)).toMatchObject({ plan: "pro", trialUsed: true });
  });

  it("is paid at once by a company that had its trial", async () => {
    await t.run(({ db }) => db.patch("tenants", north.tenantId, { trialUsed: true }));
    expect((await stripe.subscribe(north)).status).toBe("active");
    const { invoices } = await north.as.query(api.billing.account, {});
    expect(invoices).toMatchObject([{ amountCents: 9_900, status: "paid" }]);
    expect(invoices[0]?.url).toContain(stripe.local.url);
  });

  it("keeps the days that are left of a trial, which then no longer falls back to Starter", async () => {
    const trialEndsAt = Date.now() + 9 * DAY_MS;
    await t.run(({ db }) => db.patch("tenants", north.tenantId, { plan: "pro", trialEndsAt }));
    const { trial_end } = await stripe.subscribe(north);
    expect(trial_end).toBe(Math.floor(trialEndsAt / 1000));
    expect((await stripe.tenantOf(north)).trialEndsAt).toBeUndefined();
    await t.mutation(internal.tenantLifecycle.advanceTrial, {
      tenantId: north.tenantId,
      trialEndsAt,
    });
    expect((await stripe.tenantOf(north)).plan).toBe("pro");
  });

  it("announces the first charge three days before, once", async () => {
    const trialEndsAt = Date.now() + 2.5 * DAY_MS;
    await t.run(({ db }) => db.patch("tenants", north.tenantId, { plan: "pro", trialEndsAt }));
    await stripe.subscribe(north);
    await north.as.mutation(api.billing.refresh, {});
    await t.finishInProgressScheduledFunctions();
    expect(await stripe.mailsOf(north)).toEqual(["trialCharging"]);
  });

  it("with a declined card changes nothing, and the page can be tried again", async () => {
    await t.run(({ db }) => db.patch("tenants", north.tenantId, { trialUsed: true }));
    const { url } = await stripe.ask(north, "checkout");
    expect(await stripe.pay(url!, DECLINED_CARD)).toBe(402);
    expect((await stripe.tenantOf(north)).plan).toBe("starter");
    expect(await stripe.pay(url!)).toBe(303);
    await until(async () => expect((await stripe.tenantOf(north)).plan).toBe("pro"));
  });

  it("is refused to a company that pays already, and to one on Enterprise", async () => {
    await stripe.subscribe(north);
    const again = north.as.mutation(api.billing.ask, { kind: "checkout" });
    await expect(again).rejects.toThrow("pays for Pro already");
    await t.run(({ db }) => db.patch("tenants", south.tenantId, givenPlan("enterprise")));
    const odd = south.as.mutation(api.billing.ask, { kind: "checkout" });
    await expect(odd).rejects.toThrow("on Enterprise already");
  });

  it("tells nobody but who asked where Stripe's page is", async () => {
    const { url } = await stripe.ask(north, "checkout");
    expect(url).toContain(stripe.local.url);
    await t.run(async ({ db }) => {
      await db.patch("members", north.viewerId, { roles: ["System Administrator"] });
    });
    expect(await north.asRole("Viewer").query(api.billing.myRequest, {})).toBeNull();
    expect((await south.as.query(api.billing.myRequest, {}))?.url).not.toBe(url);
  });

  it("says plainly when Stripe is out of reach, and works when it is back", async () => {
    const { STRIPE_API_BASE: base } = process.env;
    vi.stubEnv("STRIPE_API_BASE", "http://127.0.0.1:9");
    const id = await north.as.mutation(api.billing.ask, { kind: "checkout" });
    await until(async () => {
      expect(await north.as.query(api.billing.myRequest, {})).toMatchObject({
        _id: id,
        status: "failed",
        problem: "Stripe cannot be reached right now. Try again in a moment.",
      });
    });
    vi.stubEnv("STRIPE_API_BASE", base);
    expect((await stripe.ask(north, "checkout")).url).toBeDefined();
  });
});

describe("ending the subscription", () => {
  it("keeps Pro until the period is over, then goes back to Starter with everything kept", async () => {
    await stripe.subscribe(north);
    await stripe.ask(north, "cancel");
    expect(await stripe.tenantOf(north)).toMatchObject({ plan: "pro" });
    const { subscription } = await north.as.query(api.billing.account, {});
    expect(subscription?.cancelAt).toBe(subscription?.currentPeriodEnd);

    await stripe.passTime(north, 15);
    await until(async () => expect((await stripe.tenantOf(north)).plan).toBe("starter"));
    expect(await stripe.mailsOf(north)).toEqual(["planEnded"]);
    expect((await north.as.query(api.projects.get, { projectId: north.projectId })).notes).toBe(
      "Secret of north",
    );
  });

  it.each(["by Sunup", "by Stripe's portal"])(
    "that was arranged %s can be taken back",
    async (by) => {
      const { id, trial_end } = await stripe.subscribe(north);
      if (by === "by Sunup") await stripe.ask(north, "cancel");
      else await stripe.client.subscriptions.update(id, { cancel_at: trial_end! });
      await until(async () => {
        expect((await stripe.accountOf(north))?.subscription?.cancelAt).toBeDefined();
      });
      await stripe.ask(north, "resume");
      expect((await stripe.accountOf(north))?.subscription?.cancelAt).toBeUndefined();
      await stripe.passTime(north, 15);
      await until(async () => {
        expect((await stripe.accountOf(north))?.subscription?.status).toBe("active");
      });
      expect((await stripe.tenantOf(north)).plan).toBe("pro");
    },
  );

  it("is refused where there is nothing to end or to take back", async () => {
    for (const kind of ["cancel", "resume", "portal"] as const) {
      const asked = north.as.mutation(api.billing.ask, { kind });
      await expect(asked).rejects.toThrow(/"code":"CONFLICT"/);
    }
  });

  it("comes with the company's closing", async () => {
    const { id } = await stripe.subscribe(north);
    const closesAt = Date.now() - 1;
    await t.run(({ db }) =>
      db.patch("tenants", north.tenantId, {
        status: "closing",
        closing: { closesAt, requestedAt: 0, requestedBy: "Ada" },
      }),
    );
    await t.mutation(internal.tenantLifecycle.advanceClosing, {
      tenantId: north.tenantId,
      closesAt,
    });
    await until(async () => {
      expect((await stripe.client.subscriptions.retrieve(id)).status).toBe("canceled");
    });
  });
});
