import type Stripe from "stripe";
import { type Infer, v } from "convex/values";
import type { FunctionReturnType } from "convex/server";
import { literals } from "convex-helpers/validators";
import { BILLING_REQUESTS } from "../../lib/billing";
import { DAY_MS } from "../../lib/days";
import { TRIAL_DAYS } from "../../lib/plans";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import {
  backgroundMutation,
  backgroundQuery,
  systemAction,
  type SystemActionCtx,
} from "../tenancy/functions";
import { findAccount } from "./account";
import { ownCustomer } from "./customer";
import { appPage, proPrice, stripe } from "./stripe";
import { syncBilling } from "./sync";

/**
 * What a member asked to have done at Stripe. The member's click is a row and a scheduled action;
 * the browser watches the row. Nothing that the browser sends names a customer, price or subscription.
 */

const BILLING_PAGE = "/settings/billing";

/** Stripe wants the end of a trial to be two days away or more. */
const SHORTEST_TRIAL_MS = 2 * DAY_MS + 60 * 60_000;

/** Does what was asked for, once: its id is the key under which Stripe knows the request. */
export const perform = systemAction({
  args: { tenantId: v.id("tenants"), requestId: v.id("billingRequests") },
  returns: v.null(),
  handler: async (ctx, { tenantId, requestId }) => {
    const request = await ctx.runQuery(internal.billing.requests.open, { tenantId, requestId });
    if (request === null) return null;
    let outcome: Outcome;
    try {
      outcome = await performRequest(ctx, { ...request, tenantId, requestId });
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      console.error(`Billing request ${requestId} (${request.kind}) failed: ${reason}`);
      outcome = { problem: problemOf(thrown) };
    }
    await ctx.runMutation(internal.billing.requests.finish, { tenantId, requestId, ...outcome });
    return null;
  },
});

type Outcome = { url?: string; problem?: string };

/** What of a new subscription is free: so many days, or all until a moment (milliseconds); neither for nothing. */
const trial = v.object({ days: v.optional(v.number()), until: v.optional(v.number()) });

/** A request that is still to be done, with what doing it needs; null when there is none. */
export const open = backgroundQuery({
  args: { requestId: v.id("billingRequests") },
  returns: v.union(
    v.null(),
    v.object({
      kind: literals(...BILLING_REQUESTS),
      companyName: v.string(),
      email: v.string(),
      trial,
      customer: v.union(v.string(), v.null()),
      subscription: v.union(v.string(), v.null()),
    }),
  ),
  handler: async ({ db, tenant }, { requestId }) => {
    const request = await db.get("billingRequests", requestId);
    if (request?.status !== "pending") return null;
    const [account, member] = await Promise.all([
      findAccount(db),
      db.getX("members", request.memberId),
    ]);
    return {
      kind: request.kind,
      companyName: tenant.name,
      email: member.email,
      trial: trialOf(tenant, Date.now()),
      customer: account?.customer ?? null,
      subscription: account?.subscription?.id ?? null,
    };
  },
});

/** Notes what became of a request. */
export const finish = backgroundMutation({
  args: {
    requestId: v.id("billingRequests"),
    url: v.optional(v.string()),
    problem: v.optional(v.string()),
  },
  returns: v.null(),
  handler: async ({ db }, { requestId, url, problem }) => {
    const request = await db.get("billingRequests", requestId);
    if (request?.status !== "pending") return null;
    const status = problem === undefined ? ("done" as const) : ("failed" as const);
    await db.patch("billingRequests", requestId, { status, url, problem });
    return null;
  },
});

type Open = NonNullable<FunctionReturnType<typeof internal.billing.requests.open>> & {
  tenantId: Id<"tenants">;
  requestId: Id<"billingRequests">;
};

async function performRequest(ctx: SystemActionCtx, request: Open): Promise<Outcome> {
  const client = stripe();
  switch (request.kind) {
    case "checkout":
      return await openCheckout(ctx, client, request);
    case "portal":
      return await openPortal(client, request);
    case "cancel":
    case "resume":
      return await setEnd(ctx, client, request);
  }
}

async function openCheckout(
  ctx: SystemActionCtx,
  client: Stripe,
  { requestId, trial, ...company }: Open,
): Promise<Outcome> {
  const { tenantId } = company;
  const customer = await ownCustomer(ctx, client, company);
  // Another tab, another administrator: only the newest page can be paid on, so nobody pays twice.
  const before = await client.checkout.sessions.list({ customer, status: "open", limit: 10 });
  for (const { id } of before.data) await client.checkout.sessions.expire(id);
  const session = await client.checkout.sessions.create(
    {
      mode: "subscription",
      customer,
      client_reference_id: tenantId,
      line_items: [{ price: proPrice(), quantity: 1 }],
      subscription_data: {
        metadata: { tenantId },
        trial_period_days: trial.days,
        trial_end: trial.until === undefined ? undefined : Math.floor(trial.until / 1000),
      },
      success_url: appPage(`${BILLING_PAGE}?checkout=done`),
      cancel_url: appPage(`${BILLING_PAGE}?checkout=left`),
    },
    { idempotencyKey: `sunup/${requestId}` },
  );
  return session.url === null ? { problem: NO_ANSWER } : { url: session.url };
}

async function openPortal(client: Stripe, { customer }: Open): Promise<Outcome> {
  if (customer === null) return { problem: "There is nothing to manage at Stripe yet." };
  const configuration = process.env.STRIPE_PORTAL_CONFIGURATION;
  const session = await client.billingPortal.sessions.create({
    customer,
    return_url: appPage(BILLING_PAGE),
    ...(configuration ? { configuration } : {}),
  });
  return { url: session.url };
}

/** Ends the subscription with its period, or takes that back. The row follows from reading Stripe again. */
async function setEnd(
  ctx: SystemActionCtx,
  client: Stripe,
  { kind, tenantId, customer, subscription: id }: Open,
): Promise<Outcome> {
  if (id === null) return { problem: "There is no subscription any more." };
  const subscription = await client.subscriptions.retrieve(id);
  if (subscription.customer !== customer) {
    throw new Error(`The subscription ${id} is not of the company's customer.`);
  }
  await client.subscriptions.update(id, endAfter(kind, subscription));
  await syncBilling(ctx, tenantId);
  return {};
}

/** Stripe's portal ends a subscription by `cancel_at` alone, and each is taken back by its own name. */
function endAfter(
  kind: Open["kind"],
  { cancel_at_period_end }: Stripe.Subscription,
): Stripe.SubscriptionUpdateParams {
  if (kind === "cancel") return { cancel_at_period_end: true };
  return cancel_at_period_end ? { cancel_at_period_end: false } : { cancel_at: "" };
}

/** Free days: those of a trial that runs stay; a company that never had one gets it; others pay at once. */
function trialOf({ trialEndsAt, trialUsed }: Doc<"tenants">, now: number): Infer<typeof trial> {
  if (trialEndsAt !== undefined) {
    return trialEndsAt > now + SHORTEST_TRIAL_MS ? { until: trialEndsAt } : {};
  }
  return trialUsed ? {} : { days: TRIAL_DAYS };
}

const NO_ANSWER = "Stripe did not answer as it should. Try again in a moment.";

/** What the member reads; Stripe's own words are for the log. */
function problemOf(thrown: unknown): string {
  const type = (thrown as { type?: unknown } | null)?.type;
  if (type === "StripeConnectionError" || type === "StripeAPIError") {
    return "Stripe cannot be reached right now. Try again in a moment.";
  }
  return "Stripe refused this. Try again, and write to Sunup's support if it stays so.";
}
