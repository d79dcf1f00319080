import { z } from "zod";
import { MAX_WEBHOOK_BYTES } from "../../lib/limits";
import { readLimited } from "../../lib/readLimited";
import { isShardSealed } from "../../lib/shardSeal";
import { internal } from "../_generated/api";
import { ownShard, SHARD_DOORS } from "../model/shards";
import { webhook, type WebhookCtx } from "../tenancy/functions";
import { reportForgery } from "./forgery";
import { answer, tryDelivery } from "./inbox";

/**
 * The doors between our own deployments. What comes in is sealed with SHARD_SECRET for this
 * deployment, this door and these five minutes; anything else is a forgery and answered 401.
 */
function shardDoor<Question>(
  door: keyof typeof SHARD_DOORS,
  question: z.ZodType<Question>,
  handler: (ctx: WebhookCtx, question: Question) => Promise<Response>,
) {
  return webhook(async (ctx, request) => {
    const secret = process.env.SHARD_SECRET;
    if (!secret) return answer(404, "This deployment has no others.");
    // A body in a body: in JSON, a byte can become six.
    const bytes = await readLimited(request, 6 * MAX_WEBHOOK_BYTES);
    if (bytes === null) return answer(413, "The body is too large.");
    const body = new TextDecoder().decode(bytes);
    const sealed = { to: ownShard(), path: SHARD_DOORS[door], body };
    if (!(await isShardSealed(secret, sealed, request.headers, Date.now()))) {
      await reportForgery(ctx, "shards");
      return answer(401, "The seal does not fit.");
    }
    const read = question.safeParse(JSON.parse(body));
    return read.success ? await handler(ctx, read.data) : answer(400, "This cannot be read.");
  });
}

/** POST /shards/event: an event that home took and that is about a company here. */
export const shardEventDoor = shardDoor(
  "event",
  z.object({
    source: z.enum(["clerk", "resend", "stripe"]),
    eventId: z.string().max(500),
    body: z.string().max(MAX_WEBHOOK_BYTES),
  }),
  async (ctx, delivery) => {
    const receipt = await tryDelivery(ctx, delivery);
    if (receipt === null) return answer(500, "The work failed. Send the event again.");
    return Response.json({ status: receipt.status });
  },
);

/** POST /shards/placement: keeps an address for a deployment, or lets go of it. */
export const placementDoor = shardDoor(
  "placement",
  z.object({
    email: z.string().min(3).max(320),
    shard: z.string().max(20),
    kind: z.enum(["founder", "invited"]),
    keep: z.boolean(),
  }),
  async (ctx, { keep, ...kept }) => {
    const job = keep ? internal.placements.reserve : internal.placements.release;
    await ctx.runMutation(job, kept);
    return Response.json({});
  },
);

/** POST /shards/joined: somebody with an account has joined a company of the deployment that says so. */
export const joinedDoor = shardDoor(
  "joined",
  z.object({
    clerkUserId: z.string().min(1).max(200),
    email: z.string().min(3).max(320),
    shard: z.string().max(20),
  }),
  async (ctx, joined) => {
    await ctx.runMutation(internal.placements.joined, joined);
    return Response.json({});
  },
);
