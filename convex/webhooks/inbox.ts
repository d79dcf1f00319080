import { z } from "zod";
import { internal } from "../_generated/api";
import { followStripeEvent } from "../billing/stripeEvents";
import { askShard } from "../model/shards";
import type { Delivery, Outcome, Receipt } from "../model/webhookInbox";
import type { SystemActionCtx } from "../tenancy/functions";

/**
 * Hands a delivery whose signature is checked to the inbox. Answers 200 when the event is stored
 * and sending it again would change nothing, 500 when the work threw, so that the sender tries again.
 */
export async function takeDelivery(ctx: SystemActionCtx, delivery: Delivery): Promise<Response> {
  const receipt = await tryDelivery(ctx, delivery);
  if (receipt === null) return answer(500, "The work failed. Send the event again.");
  return answer(200, receipt.repeated ? `${receipt.status} before` : receipt.status);
}

/**
 * Work that calls the sender back, which no transaction can: it follows the one that stores the
 * event. Throws when the event has to come again. Safe to repeat.
 */
const FOLLOW_UPS: Partial<Record<Delivery["source"], FollowUp>> = { stripe: followStripeEvent };
type FollowUp = (ctx: SystemActionCtx, delivery: Delivery) => Promise<Outcome>;

/**
 * Stores an event and does its work, or null when the work threw. A throw rolls the work's
 * transaction back, so what it met is remembered in another one.
 */
export async function tryDelivery(
  ctx: SystemActionCtx,
  delivery: Delivery,
): Promise<Receipt | null> {
  try {
    const receipt = await ctx.runMutation(internal.webhookEvents.receive, delivery);
    const followUp = receipt.handOnTo
      ? () => handOn(receipt.handOnTo ?? [], delivery)
      : FOLLOW_UPS[delivery.source];
    if (receipt.status !== "received" || !followUp) return receipt;
    const { status, detail } = await followUp(ctx, delivery);
    const { source, eventId } = delivery;
    await ctx.runMutation(internal.webhookEvents.settle, { source, eventId, status, detail });
    return { ...receipt, status };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown.message : String(thrown);
    console.error(`Webhook ${delivery.source} ${delivery.eventId}: ${error}`);
    await ctx.runMutation(internal.webhookEvents.recordFailure, { ...delivery, error });
    return null;
  }
}

/** Brings an event to the deployments that it is for. Throws when one of them has to have it again. */
async function handOn(shards: string[], delivery: Delivery): Promise<Outcome> {
  const answers = await Promise.all(
    shards.map(async (shard) => {
      const { status } = shardAnswer.parse(await askShard(shard, "event", delivery));
      return { shard, status };
    }),
  );
  const of = (status: Outcome["status"]) => answers.some((each) => each.status === status);
  const status =
    of("processed") || of("received") ? "processed" : of("failed") ? "failed" : "ignored";
  const said = answers.map((each) => `${each.shard} (${each.status})`).join(", ");
  return { status, detail: `Handed on to ${said}.` };
}

const shardAnswer = z.object({ status: z.enum(["received", "processed", "ignored", "failed"]) });

export function answer(status: number, message: string): Response {
  return Response.json({ message }, { status });
}
