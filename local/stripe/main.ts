/**
 * Runs the local Stripe by itself:
 *   node local/stripe/main.ts --port 3402 --data .local/stripe \
 *     --webhook-url http://127.0.0.1:3211/webhooks/stripe
 * and prints, as one line of JSON, the variables that the Convex deployment needs to use it.
 */
import { parseArgs } from "node:util";
import { startStripe } from "./server.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "3402" },
    data: { type: "string", default: ".local/stripe" },
    "webhook-url": { type: "string", default: "http://127.0.0.1:3211/webhooks/stripe" },
  },
});

const stripe = await startStripe({
  port: Number(values.port),
  dataDir: values.data,
  webhookUrl: values["webhook-url"],
});

console.log(
  JSON.stringify({
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
    STRIPE_API_BASE: stripe.url,
  }),
);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void stripe.close().then(() => process.exit(0)));
}
