import Stripe from "stripe";
import { MAX_WEBHOOK_BYTES } from "../../lib/limits";
import { webhook } from "../tenancy/functions";
import { reportForgery } from "./forgery";
import { answer, takeDelivery } from "./inbox";

/**
 * POST /webhooks/stripe. Checks Stripe's signature over the raw body (not older than five
 * minutes), stores the event by its id, and reads the company's present state from Stripe
 * before it acts. Answers 200 when that is done or can never be, 5xx when Stripe shall try again.
 */
export const stripeWebhook = webhook(async (ctx, request) => {
  const secret = process.env.STRIPE_WEBHOOK_SECRET;
  if (!secret) return answer(500, "STRIPE_WEBHOOK_SECRET is not set.");

  const body = await request.text();
  if (body.length > MAX_WEBHOOK_BYTES) return answer(413, "The body is larger than 256 kB.");

  const signature = request.headers.get("stripe-signature") ?? "";
  const eventId = await signedEventId(body, signature, secret);
  if (eventId === null) {
    await reportForgery(ctx, "stripe");
    return answer(401, "The signature does not fit.");
  }
  return await takeDelivery(ctx, { source: "stripe", eventId, body });
});

/** The id of the event that Stripe signed with our secret, or null. */
async function signedEventId(
  body: string,
  signature: string,
  secret: string,
): Promise<string | null> {
  try {
    const event: unknown = await Stripe.webhooks.constructEventAsync(
      body,
      signature,
      secret,
      undefined,
      Stripe.createSubtleCryptoProvider(),
    );
    const id = (event as { id?: unknown } | null)?.id;
    return typeof id === "string" ? id : "";
  } catch (error) {
    // Signed, and yet no event: the inbox says so.
    if (error instanceof SyntaxError) return "";
    if (error instanceof Stripe.errors.StripeSignatureVerificationError) return null;
    throw error;
  }
}
