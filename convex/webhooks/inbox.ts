import { internal } from "../_generated/api";
import type { Delivery, Receipt } from "../model/webhookInbox";
import type { WebhookCtx } from "../tenancy/functions";

/**
 * Hands a delivery whose signature is checked to the inbox. Answers 200 when the event is stored
 * and sending it again would change nothing, 500 when the work threw, so that the sender tries again.
 */
export async function takeDelivery(ctx: WebhookCtx, delivery: Delivery): Promise<Response> {
  const receipt = await tryDelivery(ctx, delivery);
  if (receipt === null) return answer(500, "The work failed. Send the event again.");
  return answer(200, receipt.repeated ? `${receipt.status} before` : receipt.status);
}

/**
 * Stores an event and does its work, or null when the work threw. A throw rolls the work's
 * transaction back, so what it met is remembered in another one.
 */
export async function tryDelivery(ctx: WebhookCtx, delivery: Delivery): Promise<Receipt | null> {
  try {
    return await ctx.runMutation(internal.webhookEvents.receive, delivery);
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown.message : String(thrown);
    console.error(`Webhook ${delivery.source} ${delivery.eventId}: ${error}`);
    await ctx.runMutation(internal.webhookEvents.recordFailure, { ...delivery, error });
    return null;
  }
}

export function answer(status: number, message: string): Response {
  return Response.json({ message }, { status });
}
