import { beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import { DAY_MS } from "../../../lib/days.ts";
import { type Backend, backend } from "../../support/backend.ts";
import { FAILING_CARD, stripeOf, type StripeOf, until } from "../../support/localStripe.ts";
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
  await stripe.control({ draft_seconds: 0, dunning: { retry_days: [3, 5, 6, 9] } });
});

/** A company whose first charge after the trial has failed. */
async function fallBehind(): Promise<string> {
  const { id } = await stripe.subscribe(north, FAILING_CARD);
  await stripe.passTime(north, 14.5);
  await until(async () => expect((await stripe.tenantOf(north)).status).toBe("pastDue"));
  return id;
}

const advance = (tenant: TestTenant) =>
  t.mutation(internal.billing.ending.advance, { tenantId: tenant.tenantId });

describe("a payment that failed", () => {
  it("is told to everybody and mailed to administrators once per try, and the plan stays", async () => {
    await fallBehind();
    expect((await stripe.tenantOf(north)).plan).toBe("pro");
    const { tenant } = await north.asRole("Viewer").query(api.members.me, {});
    expect(tenant.status).toBe("pastDue");
    await until(async () => {
      expect(await stripe.mailsOf(north)).toEqual(["paymentFailed"]);
    });
    await stripe.passTime(north, 3.5);
    await until(async () => {
      expect(await stripe.mailsOf(north)).toEqual(["paymentFailed", "paymentFailed"]);
    });
    expect(await stripe.tenantOf(south)).toMatchObject({ status: "active" });
    expect(await stripe.mailsOf(south)).toEqual([]);
  });

  it("that is mended at Stripe is over at once", async () => {
    const id = await fallBehind();
    const { customer, latest_invoice } = await stripe.client.subscriptions.retrieve(id);
    const { id: method } = await stripe.client.paymentMethods.attach("pm_card_visa", {
      customer: String(customer),
    });
    await stripe.client.invoices.pay(String(latest_invoice), { payment_method: method });
    await until(async () => expect((await stripe.tenantOf(north)).status).toBe("active"));
    expect((await stripe.tenantOf(north)).pastDueSince).toBeUndefined();
    const { invoices } = await north.as.query(api.billing.account, {});
    expect(invoices.map(({ status }) => status)).not.toContain("open");
  });

  it("leads back to Starter after fourteen days, not before, and ends the subscription", async () => {
    const id = await fallBehind();
    const days = (count: number) =>
      t.run(({ db }) =>
        db.patch("tenants", north.tenantId, { pastDueSince: Date.now() - count * DAY_MS }),
      );
    await days(13.9);
    await advance(north);
    await t.finishInProgressScheduledFunctions();
    expect((await stripe.client.subscriptions.retrieve(id)).status).toBe("past_due");

    await days(14);
    await advance(north);
    await until(async () => expect((await stripe.tenantOf(north)).plan).toBe("starter"));
    expect(await stripe.tenantOf(north)).toMatchObject({ status: "active" });
    expect((await stripe.client.subscriptions.retrieve(id)).status).toBe("canceled");
    expect((await stripe.mailsOf(north)).at(-1)).toBe("planEnded");
  });

  it("is looked at again when its fourteen days are over", async () => {
    await fallBehind();
    const jobs = await t.run(({ db }) => db.system.query("_scheduled_functions").collect());
    const due = jobs
      .filter(({ name }) => name.startsWith("billing/ending"))
      .map((job) => job.scheduledTime);
    const { pastDueSince } = await stripe.tenantOf(north);
    expect(due).toEqual([pastDueSince! + 14 * DAY_MS]);
  });
});

describe("every night", () => {
  it("what differs from Stripe is mended and said", async () => {
    const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
    await stripe.subscribe(north);
    await t.run(({ db }) => db.patch("tenants", north.tenantId, { plan: "starter" }));
    expect(await t.mutation(internal.billing.reconcile.run, { after: "" })).toBe(1);
    await until(async () => expect((await stripe.tenantOf(north)).plan).toBe("pro"));
    await until(async () => {
      expect(warned.mock.calls.flat().join()).toContain(`Billing of ${north.tenantId} differed`);
    });
    expect((await stripe.tenantOf(south)).plan).toBe("starter");
  });

  it("a subscription that nobody heard the end of ends here, too", async () => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const { id } = await stripe.subscribe(north);
    await stripe.control({ webhooks: { drop: ["*"] } });
    await stripe.client.subscriptions.cancel(id);
    await t.mutation(internal.billing.reconcile.run, { after: "" });
    await until(async () => expect((await stripe.tenantOf(north)).plan).toBe("starter"));
  });
});
