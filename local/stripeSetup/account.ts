import type Stripe from "stripe";
import { PRO_MONTHLY, STRIPE_EVENTS } from "../../lib/billing.ts";
import { PLANS } from "../../lib/plans.ts";

/**
 * What Sunup needs in an account of Stripe's: the product and price of Pro, the webhook endpoint and
 * the customer portal. What is there already stays, so it can be run again at any time, on a real
 * account as on the local one.
 */
export type StripeSetup = {
  /** Variables for the Convex deployment, without those that only Stripe's dashboard shows. */
  variables: Record<string, string>;
  /** What was made or changed, one sentence each. */
  done: string[];
};

/** Sets an account up; `siteUrl` is the address of the deployment's HTTP actions, or undefined to leave the webhook alone. */
export async function setUpStripe(
  stripe: Stripe,
  siteUrl: string | undefined,
): Promise<StripeSetup> {
  const done: string[] = [];
  const price = await ensureProPrice(stripe, done);
  const secret = siteUrl ? await ensureWebhook(stripe, siteUrl, done) : undefined;
  const portal = await ensurePortal(stripe, done);
  return {
    variables: {
      STRIPE_PRICE_PRO_MONTHLY: price,
      ...(secret ? { STRIPE_WEBHOOK_SECRET: secret } : {}),
      ...(portal ? { STRIPE_PORTAL_CONFIGURATION: portal } : {}),
    },
    done,
  };
}

const METADATA = { plan: "pro" };

/** Another amount makes another price: who pays the old one goes on, and it is sold no more. */
async function ensureProPrice(stripe: Stripe, done: string[]): Promise<string> {
  const { name, pricePerMonthUsd } = PLANS.pro;
  const unit_amount = 100 * (pricePerMonthUsd ?? 0);
  const [current] = (await stripe.prices.list({ lookup_keys: [PRO_MONTHLY] })).data;
  if (current?.unit_amount === unit_amount && current.currency === "usd" && current.active) {
    if (current.metadata.plan !== METADATA.plan) {
      await stripe.prices.update(current.id, { metadata: METADATA });
    }
    return current.id;
  }
  const product =
    current === undefined
      ? (await stripe.products.create({ name: `Sunup ${name}`, metadata: METADATA })).id
      : String(current.product);
  const price = await stripe.prices.create({
    product,
    unit_amount,
    currency: "usd",
    recurring: { interval: "month" },
    lookup_key: PRO_MONTHLY,
    transfer_lookup_key: true,
    metadata: METADATA,
  });
  if (current) await stripe.prices.update(current.id, { active: false, metadata: METADATA });
  done.push(`Made the price of ${name}, $${pricePerMonthUsd} a month: ${price.id}.`);
  return price.id;
}

/** The signing secret when the endpoint was made: Stripe shows it by the API only then. */
async function ensureWebhook(
  stripe: Stripe,
  siteUrl: string,
  done: string[],
): Promise<string | undefined> {
  const url = `${siteUrl.replace(/\/+$/, "")}/webhooks/stripe`;
  const { data } = await stripe.webhookEndpoints.list({ limit: 100 });
  const current = data.find((each) => each.url === url);
  if (current === undefined) {
    const made = await stripe.webhookEndpoints.create({ url, enabled_events: [...STRIPE_EVENTS] });
    done.push(`Made the webhook endpoint ${url}.`);
    return made.secret;
  }
  const isComplete = STRIPE_EVENTS.every((type) => current.enabled_events.includes(type));
  if (!isComplete && !current.enabled_events.includes("*")) {
    await stripe.webhookEndpoints.update(current.id, { enabled_events: [...STRIPE_EVENTS] });
    done.push(`The webhook endpoint ${url} hears all events of Sunup's now.`);
  }
  return undefined;
}

/** What customers can do on Stripe's portal: mend the payment, see invoices, end with the period. */
const FEATURES = {
  invoice_history: { enabled: true },
  payment_method_update: { enabled: true },
  subscription_cancel: { enabled: true, mode: "at_period_end" },
} as const;

async function ensurePortal(stripe: Stripe, done: string[]): Promise<string | undefined> {
  const { data } = await stripe.billingPortal.configurations.list({ active: true, limit: 100 });
  const own = data.find(({ metadata }) => metadata?.app === "sunup") ?? data.find(offersAll);
  // The default one is used without being named.
  if (own && offersAll(own)) return own.is_default ? undefined : own.id;
  if (own) {
    await stripe.billingPortal.configurations.update(own.id, { features: FEATURES });
    done.push("The customer portal offers what Sunup needs now.");
    return own.id;
  }
  const made = await stripe.billingPortal.configurations.create({
    features: FEATURES,
    metadata: { app: "sunup" },
  });
  done.push(`Made the configuration of the customer portal: ${made.id}.`);
  return made.id;
}

function offersAll({ features }: Stripe.BillingPortal.Configuration): boolean {
  const { invoice_history, payment_method_update, subscription_cancel } = features;
  return (
    invoice_history.enabled &&
    payment_method_update.enabled &&
    subscription_cancel.enabled &&
    subscription_cancel.mode === FEATURES.subscription_cancel.mode
  );
}
