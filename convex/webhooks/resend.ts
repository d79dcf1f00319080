import { MAX_WEBHOOK_BYTES } from "../../lib/limits";
import { webhook } from "../tenancy/functions";
import { reportForgery } from "./forgery";
import { answer, takeDelivery } from "./inbox";
import { isSigned } from "./svixSignature";

/**
 * POST /webhooks/resend: what became of mail that Resend took. Resend signs and delivers
 * with Svix, so the answers are those of the route for Clerk.
 */
export const resendWebhook = webhook(async (ctx, request) => {
  const secret = process.env.RESEND_WEBHOOK_SECRET;
  if (!secret) return answer(500, "RESEND_WEBHOOK_SECRET is not set.");

  const body = await request.text();
  if (body.length > MAX_WEBHOOK_BYTES) return answer(413, "The body is larger than 256 kB.");

  if (!isSigned(secret, body, request.headers)) {
    await reportForgery(ctx, "resend");
    return answer(401, "The signature does not fit.");
  }

  const eventId = request.headers.get("svix-id") ?? "";
  return await takeDelivery(ctx, { source: "resend", eventId, body });
});
