import { MAX_WEBHOOK_BYTES } from "../../lib/limits";
import { webhook } from "../tenancy/functions";
import { reportForgery } from "./forgery";
import { answer, takeDelivery } from "./inbox";
import { isSigned } from "./svixSignature";

/**
 * POST /webhooks/clerk. Checks Svix's signature over the raw body (id, timestamp within
 * five minutes, body), then hands the event on. Answers 200 when the event is stored and
 * done, 4xx when it can never be, 5xx when the sender shall try again.
 */
export const clerkWebhook = webhook(async (ctx, request) => {
  const secret = process.env.CLERK_WEBHOOK_SIGNING_SECRET;
  if (!secret) return answer(500, "CLERK_WEBHOOK_SIGNING_SECRET is not set.");

  const body = await request.text();
  if (body.length > MAX_WEBHOOK_BYTES) return answer(413, "The body is larger than 256 kB.");

  if (!isSigned(secret, body, request.headers)) {
    await reportForgery(ctx, "clerk");
    return answer(401, "The signature does not fit.");
  }

  const eventId = request.headers.get("svix-id") ?? "";
  return await takeDelivery(ctx, { source: "clerk", eventId, body });
});
