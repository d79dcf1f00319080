import { v } from "convex/values";
import { internal } from "./_generated/api";
import {
  failedDelivery,
  receiveDelivery,
  recordThrow,
  settleEvent,
  sweepEvents,
} from "./model/webhookInbox";
import { webhookSource, webhookStatus } from "./tables/webhookEvents";
import { systemAction, systemMutation, systemQuery } from "./tenancy/functions";
import { tryDelivery } from "./webhooks/inbox";

const key = { source: webhookSource, eventId: v.string() };

/**
 * Stores an event and does its work, once per event id: a repeated delivery answers with what the
 * first one did. Called by a webhook's route after it has checked the signature. Throws only when
 * the work itself did, which `recordFailure` then remembers, so that the sender tries again.
 */
export const receive = systemMutation({
  args: { ...key, body: v.string() },
  returns: v.object({
    status: webhookStatus,
    repeated: v.boolean(),
    handOnTo: v.optional(v.array(v.string())),
  }),
  handler: (ctx, delivery) => receiveDelivery(ctx, delivery, Date.now()),
});

/** Remembers a try whose work threw: what it met, how often, and the body for another one. */
export const recordFailure = systemMutation({
  args: { ...key, body: v.string(), error: v.string() },
  returns: v.null(),
  handler: async (ctx, { error, ...delivery }) => {
    await recordThrow(ctx, delivery, error, Date.now());
    return null;
  },
});

/** Ends the work of a `received` event with what became of it. */
export const settle = systemMutation({
  args: { ...key, status: webhookStatus, detail: v.string() },
  returns: v.null(),
  handler: async (ctx, { status, detail, ...event }) => {
    await settleEvent(ctx, event, { status, detail }, Date.now());
    return null;
  },
});

/** A failed event as it was delivered, or null when there is nothing to try again. */
export const failed = systemQuery({
  args: key,
  returns: v.union(v.object({ ...key, body: v.string() }), v.null()),
  handler: (ctx, event) => failedDelivery(ctx, event),
});

/** Does the work of a failed event again. True when it is failed no longer, or never was. */
export const retry = systemAction({
  args: key,
  returns: v.boolean(),
  handler: async (ctx, event): Promise<boolean> => {
    const delivery = await ctx.runQuery(internal.webhookEvents.failed, event);
    if (delivery === null) return true;
    const receipt = await tryDelivery(ctx, delivery);
    return receipt !== null && receipt.status !== "failed";
  },
});

/** Removes settled events of long ago, daily. */
export const sweep = systemMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    await sweepEvents(ctx, Date.now());
    return null;
  },
});
