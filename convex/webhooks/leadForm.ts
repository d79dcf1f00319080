import { errorData } from "../../lib/errors";
import { MAX_SENDING_BYTES } from "../../lib/leadForm/answers";
import { isSealed, type Sending } from "../../lib/leadForm/handOver";
import { internal } from "../_generated/api";
import { webhook } from "../tenancy/functions";
import { answer } from "./inbox";

/**
 * POST /webhooks/leadForm: a request that somebody sent through a campaign's public form, as our
 * own Next server took and sealed it. Answers 200 with what became of it, 4xx when it can never
 * be taken.
 */
export const leadFormDoor = webhook(async (ctx, request) => {
  const secret = process.env.CLERK_WEBHOOK_SIGNING_SECRET;
  if (!secret) return answer(500, "CLERK_WEBHOOK_SIGNING_SECRET is not set.");

  const body = await request.text();
  // In JSON, a byte of the form can become six.
  if (body.length > 6 * MAX_SENDING_BYTES) return answer(413, "The body is too large.");
  if (!(await isSealed(secret, body, request.headers, Date.now()))) {
    return answer(401, "The seal does not fit.");
  }
  try {
    const sending = JSON.parse(body) as Sending;
    const outcome = await ctx.runMutation(internal.leadForms.receive, sending);
    return Response.json({ outcome });
  } catch (thrown) {
    const refused = errorData(thrown);
    if (refused === null) throw thrown;
    return answer(422, refused.message);
  }
});
