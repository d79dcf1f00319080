/**
 * Runs the local Clerk by itself:
 *   node local/clerk/main.ts --port 3400 --data .local/clerk --app-url http://localhost:3000 \
 *     --webhook-url http://127.0.0.1:3000/api/webhooks/clerk
 * and prints, as one line of JSON, the variables the app needs to use it. Its mails are printed to stderr.
 */
import { parseArgs } from "node:util";
import { startClerk } from "./server.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "3400" },
    data: { type: "string", default: ".local/clerk" },
    "app-url": { type: "string", default: "http://localhost:3000" },
    "webhook-url": { type: "string" },
  },
});

const clerk = await startClerk({
  port: Number(values.port),
  dataDir: values.data,
  appUrl: values["app-url"],
  webhookUrl: values["webhook-url"] ?? new URL("/api/webhooks/clerk", values["app-url"]).href,
  sendMail: ({ to, subject, link }) => console.error(`mail to ${to}: ${subject} ${link ?? ""}`),
});

console.log(
  JSON.stringify({
    NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: clerk.publishableKey,
    CLERK_SECRET_KEY: clerk.secretKey,
    CLERK_WEBHOOK_SIGNING_SECRET: clerk.webhookSecret,
    CLERK_JWT_KEY: clerk.jwtPublicKeyPem,
    CLERK_JWT_ISSUER_DOMAIN: clerk.issuer,
    CLERK_FAPI_URL: clerk.url,
    CLERK_API_URL: clerk.url,
    NEXT_PUBLIC_CLERK_PROXY_URL: "/__clerk",
  }),
);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void clerk.close().then(() => process.exit(0)));
}
