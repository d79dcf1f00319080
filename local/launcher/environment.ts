import { PRO_MONTHLY } from "../../lib/billing.ts";
import { PLANS } from "../../lib/plans.ts";
import type { LocalClerk } from "../clerk/server.ts";
import type { LocalMail } from "../mail/server.ts";
import type { LocalStripe } from "../stripe/server.ts";
import { HOME } from "../../lib/shards.ts";
import type { Addresses, ShardAddresses } from "./addresses.ts";

/** The services that the app calls, as they run here. */
export type LocalServices = { clerk: LocalClerk; mail: LocalMail; stripe: LocalStripe };

/** What `npm run stripe:setup` makes in a real account. */
const PRO = {
  lookupKey: PRO_MONTHLY,
  productName: `Sunup ${PLANS.pro.name}`,
  unitAmount: 100 * (PLANS.pro.pricePerMonthUsd ?? 0),
  currency: "usd",
  interval: "month",
} as const;

/** Variables of real accounts (from .env.local or the shell) that must not leak into a local stack. */
const ACCOUNT_VARIABLES = /^(NEXT_PUBLIC_|CLERK_|CONVEX_|SVIX_|STRIPE_|RESEND_|SHARD)/;

/** Makes Next skip .env files: a local stack gets all it needs from the launcher. */
const NO_ENV_FILES = { __NEXT_PROCESSED_ENV: "true" };

const NO_TELEMETRY = {
  NEXT_TELEMETRY_DISABLED: "1",
  NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED: "1",
  NEXT_PUBLIC_CLERK_KEYLESS_DISABLED: "1",
};

/** For `next build`: no address and no key, so that one build serves every port and every key. */
export function localBuildEnv(): NodeJS.ProcessEnv {
  return { ...machineEnv(), ...NO_ENV_FILES, ...NO_TELEMETRY, NODE_ENV: "production" };
}

/** For `next start` and `next dev` against the local servers. */
export function localAppEnv(
  mode: "start" | "dev",
  addresses: Addresses,
  clerk: LocalClerk,
): NodeJS.ProcessEnv {
  return {
    ...machineEnv(),
    ...NO_ENV_FILES,
    ...NO_TELEMETRY,
    NODE_ENV: mode === "dev" ? "development" : "production",
    NEXT_PUBLIC_CONVEX_URL: addresses.convexUrl,
    NEXT_PUBLIC_CONVEX_SITE_URL: addresses.convexSiteUrl,
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: clerk.publishableKey,
    NEXT_PUBLIC_CLERK_PROXY_URL: "/__clerk",
    CLERK_SECRET_KEY: clerk.secretKey,
    CLERK_WEBHOOK_SIGNING_SECRET: clerk.webhookSecret,
    CLERK_JWT_KEY: clerk.jwtPublicKeyPem,
    CLERK_FAPI_URL: clerk.url,
    CLERK_API_URL: clerk.url,
    ...(addresses.shards.length > 0 && { SHARDS: shardList(addresses.shards) }),
  };
}

/** The variable SHARDS (lib/shards.ts). */
function shardList(shards: Pick<ShardAddresses, "name" | "convexUrl" | "convexSiteUrl">[]): string {
  return shards
    .map(({ name, convexUrl, convexSiteUrl }) => `${name}=${convexUrl}|${convexSiteUrl}`)
    .join(",");
}

/** What one of several deployments knows of the others; nothing where there is one. */
export function shardVariables(
  { convexUrl, convexSiteUrl, shards }: Addresses,
  name: string,
  secret: string,
): Record<string, string> {
  if (shards.length === 0) return {};
  const others = [{ name: HOME, convexUrl, convexSiteUrl }, ...shards].filter(
    (each) => each.name !== name,
  );
  return {
    SHARDS: shardList(others),
    SHARD_SECRET: secret,
    ...(name !== HOME && { SHARD_NAME: name }),
  };
}

/** The Convex deployment's own variables. */
export function localConvexVariables(
  addresses: Addresses,
  { clerk, mail, stripe }: LocalServices,
  logStreamSecret: string,
): Record<string, string> {
  return {
    APP_URL: addresses.appUrl,
    CLERK_JWT_ISSUER_DOMAIN: clerk.issuer,
    CLERK_WEBHOOK_SIGNING_SECRET: clerk.webhookSecret,
    CLERK_SECRET_KEY: clerk.secretKey,
    CLERK_API_URL: clerk.url,
    RESEND_API_KEY: mail.apiKey,
    RESEND_BASE_URL: mail.url,
    RESEND_WEBHOOK_SECRET: mail.webhookSecret,
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    STRIPE_API_BASE: stripe.url,
    STRIPE_PRICE_PRO_MONTHLY: stripe.ensurePrice(PRO),
    LOG_STREAM_SECRET: logStreamSecret,
    SECURITY_ALERT_EMAIL: "security@sunup.example",
    EMAIL_FROM: "Sunup <hello@sunup.example>",
  };
}

/** This machine's environment without anybody's accounts. */
export function machineEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !ACCOUNT_VARIABLES.test(name)),
  ) as NodeJS.ProcessEnv;
}
