import Stripe from "stripe";

/** How long one call of Stripe's may take, and how often it is tried again, in milliseconds and tries. */
const TIMEOUT_MS = 20_000;
const RETRIES = 2;

/** Stripe's client, as it runs in Convex: over fetch, without Node. Throws an Error that names a missing variable. */
export function stripe(): Stripe {
  const base = process.env.STRIPE_API_BASE;
  return new Stripe(setting("STRIPE_SECRET_KEY"), {
    httpClient: Stripe.createFetchHttpClient(),
    timeout: TIMEOUT_MS,
    maxNetworkRetries: RETRIES,
    telemetry: false,
    ...(base ? addressOf(base) : {}),
  });
}

/** True when our key moves real money: an event of the other mode is none of ours. */
export function isLiveMode(): boolean {
  return /^[a-z]+_live_/.test(setting("STRIPE_SECRET_KEY"));
}

/** Stripe's id of the price of Pro by the month. */
export function proPrice(): string {
  return setting("STRIPE_PRICE_PRO_MONTHLY");
}

/** A page of the app, for Stripe to lead back to. */
export function appPage(path: string): string {
  return setting("APP_URL").replace(/\/+$/, "") + path;
}

type Setting = "STRIPE_SECRET_KEY" | "STRIPE_PRICE_PRO_MONTHLY" | "APP_URL";

function setting(name: Setting): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set.`);
  return value;
}

function addressOf(base: string): Pick<Stripe.StripeConfig, "protocol" | "host" | "port"> {
  const { protocol, hostname, port } = new URL(base);
  const isPlain = protocol === "http:";
  return {
    protocol: isPlain ? "http" : "https",
    host: hostname,
    port: port || (isPlain ? 80 : 443),
  };
}
