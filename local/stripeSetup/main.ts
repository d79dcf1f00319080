// `npm run stripe:setup`: sets up an account of Stripe's for Sunup, and prints what to put where. The
// keys come from the shell or .env.local; STRIPE_API_BASE points it at the local Stripe.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Stripe from "stripe";
import { cloudVariables } from "../launcher/cloudVariables.ts";
import { setUpStripe } from "./account.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const variables = cloudVariables(join(root, ".env.local"), process.env);
const { STRIPE_SECRET_KEY: key, STRIPE_API_BASE: base } = variables;
const siteUrl = variables.NEXT_PUBLIC_CONVEX_SITE_URL;

if (!key) {
  console.error(
    "STRIPE_SECRET_KEY is not set: take it from Stripe > Developers > API keys, and put it into the shell or .env.local.",
  );
  process.exit(1);
}
try {
  const { variables: found, done } = await setUpStripe(new Stripe(key, addressOf(base)), siteUrl);
  for (const sentence of done) console.log(sentence);
  if (done.length === 0) console.log("Stripe has all that Sunup needs.");
  if (!siteUrl) {
    console.log("NEXT_PUBLIC_CONVEX_SITE_URL is not set, so the webhook was left as it is.");
  }
  console.log("\nFor the Convex deployment:");
  for (const [name, value] of Object.entries(found)) {
    console.log(`  npx convex env set ${name} ${value}`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function addressOf(address: string | undefined): Stripe.StripeConfig {
  if (!address) return {};
  const { protocol, hostname, port } = new URL(address);
  return { protocol: protocol === "http:" ? "http" : "https", host: hostname, port };
}
