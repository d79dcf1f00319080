import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { expect, onTestFinished, vi } from "vitest";
import { api } from "../../convex/_generated/api.js";
import type { Doc } from "../../convex/_generated/dataModel.js";
import type { BillingRequest } from "../../lib/billing.ts";
import { PRO_MONTHLY, STRIPE_EVENTS } from "../../lib/billing.ts";
import { type LocalStripe, startStripe } from "../../local/stripe/server.ts";
import { temporaryFolder } from "../local/clerk/harness.ts";
import { clientOf, control } from "../local/stripe/harness.ts";
import type { Backend } from "./backend.ts";
import type { TestTenant } from "./tenant.ts";

/** Waits for what follows from a webhook or a scheduled function. */
export const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 15_000 });

export const GOOD_CARD = "4242 4242 4242 4242";
export const DECLINED_CARD = "4000 0000 0000 0002";
/** Is taken, and refused whenever it is charged. */
export const FAILING_CARD = "4000 0000 0000 0341";

/** The real client, the local Stripe, and a deployment that uses it and hears its webhooks. */
export class StripeOf {
  readonly t: Backend;
  readonly local: LocalStripe;
  readonly client: Stripe;

  constructor(t: Backend, local: LocalStripe) {
    this.t = t;
    this.local = local;
    this.client = clientOf(local);
  }

  /** Asks as the tenant's administrator, and waits for what became of it. */
  async ask({ as }: TestTenant, kind: BillingRequest) {
    const id = await as.mutation(api.billing.ask, { kind });
    await until(async () => {
      const request = await as.query(api.billing.myRequest, {});
      expect(request).toMatchObject({ _id: id });
      expect(request?.status).not.toBe("pending");
    });
    return (await as.query(api.billing.myRequest, {}))!;
  }

  /** Pays on the page at this address, with a card. Answers with the status: 303 when it went through. */
  async pay(url: string, number = GOOD_CARD): Promise<number> {
    const card = { number, expiry: "12 / 34", cvc: "123", name: "Ada" };
    const body = new URLSearchParams(card);
    return (await fetch(url, { method: "POST", body, redirect: "manual" })).status;
  }

  /** Subscribes a tenant to Pro on Stripe's page and waits until it has it. */
  async subscribe(tenant: TestTenant, number = GOOD_CARD): Promise<Stripe.Subscription> {
    const { url } = await this.ask(tenant, "checkout");
    expect(await this.pay(url!, number)).toBe(303);
    await until(async () => {
      expect((await this.accountOf(tenant))?.subscription).toBeDefined();
    });
    const { subscription } = (await this.accountOf(tenant))!;
    return await this.client.subscriptions.retrieve(subscription!.id);
  }

  /** Lets a tenant's time at Stripe pass. Sunup's own clock stays. */
  async passTime(tenant: TestTenant, days: number): Promise<void> {
    const { customer } = (await this.accountOf(tenant))!;
    await this.control({ advance: { seconds: days * 24 * 60 * 60, customer } });
  }

  async control(request: Parameters<typeof control>[1]): Promise<void> {
    await control(this.local, request);
  }

  async accountOf({ tenantId }: TestTenant): Promise<Doc<"billingAccounts"> | null> {
    return await this.t.run(({ db }) =>
      db
        .query("billingAccounts")
        .withIndex("by_tenant", (q) => q.eq("tenantId", tenantId))
        .unique(),
    );
  }

  async tenantOf({ tenantId }: TestTenant): Promise<Doc<"tenants">> {
    return (await this.t.run(({ db }) => db.get("tenants", tenantId)))!;
  }

  /** The kinds of the company's mails about its money, oldest first. */
  async mailsOf({ tenantId }: TestTenant): Promise<string[]> {
    const all = await this.t.run(({ db }) => db.query("emails").collect());
    return all
      .filter((mail) => mail.tenantId === tenantId)
      .map(({ message }) => message.kind)
      .filter((kind) =>
        ["trialEnding", "trialCharging", "paymentFailed", "planEnded"].includes(kind),
      );
  }

  /** What the inbox has of Stripe's events, as "type: status". */
  async inbox(): Promise<Doc<"webhookEvents">[]> {
    const all = await this.t.run(({ db }) => db.query("webhookEvents").collect());
    return all.filter(({ source }) => source === "stripe");
  }
}

/** Starts a local Stripe for this deployment, until the test ends. */
export async function stripeOf(t: Backend): Promise<StripeOf> {
  const server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const signature = String(request.headers["stripe-signature"]);
      const delivery = deliverFromStripe(t, Buffer.concat(chunks).toString(), signature);
      void delivery.then(({ status }) => answer.writeHead(status).end());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const local = await startStripe({
    port: 0,
    dataDir: temporaryFolder(),
    webhookUrl: `http://127.0.0.1:${port}/webhooks/stripe`,
    webhookEvents: STRIPE_EVENTS,
    webhookRetryScheduleMs: [0, 100, 200, 400],
    onLog: () => undefined,
  });
  onTestFinished(async () => {
    await local.close();
    server.closeAllConnections();
    server.close();
    // Whatever the test did not wait for meets this Stripe's end, not the next test.
    await t.finishInProgressScheduledFunctions();
  });
  vi.stubEnv("STRIPE_SECRET_KEY", local.secretKey);
  vi.stubEnv("STRIPE_WEBHOOK_SECRET", local.webhookSecret);
  vi.stubEnv("STRIPE_API_BASE", local.url);
  vi.stubEnv("APP_URL", "http://sunup.test");
  vi.stubEnv(
    "STRIPE_PRICE_PRO_MONTHLY",
    local.ensurePrice({
      lookupKey: PRO_MONTHLY,
      productName: "Sunup Pro",
      unitAmount: 9_900,
      currency: "usd",
      interval: "month",
    }),
  );
  // The customers of signUp() are names only: here they are made.
  await t.run(async ({ db }) => {
    for (const { _id } of await db.query("billingAccounts").collect()) {
      await db.patch("billingAccounts", _id, { customer: undefined, customersMade: 0 });
    }
  });
  return new StripeOf(t, local);
}

/** Posts a body to the deployment's route for Stripe. */
export async function deliverFromStripe(
  t: Backend,
  body: string,
  signature: string,
): Promise<Response> {
  return await t.fetch("/webhooks/stripe", {
    method: "POST",
    body,
    headers: { "content-type": "application/json", "stripe-signature": signature },
  });
}

/** Stripe's signature of a body, now or at another time (seconds). */
export function signatureOf(body: string, secret: string, timestamp?: number): string {
  return Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp });
}
