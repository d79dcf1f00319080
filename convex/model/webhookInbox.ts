import type { WithoutSystemFields } from "convex/server";
import { DAY_MS } from "../../lib/days";
import { internal } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import type { SystemCtx, SystemReadCtx } from "../tenancy/functions";
import { readerOf } from "./webhookSources";

/**
 * The inbox of webhooks, the same for every sender. An event is stored once by (source, event id)
 * together with what became of it, in the transaction of its work: whoever sends it again, or twice
 * at once, learns what the first delivery did. To add a sender: its name in tables/webhookEvents.ts,
 * its reader in webhookSources.ts, and a route that checks the signature and calls `takeDelivery`
 * of webhooks/inbox.ts.
 */

type Row = Doc<"webhookEvents">;
export type WebhookSource = Row["source"];
export type WebhookStatus = Row["status"];

/** An event's name: who sent it, under which id. */
export type EventKey = Pick<Row, "source" | "eventId">;
export type Delivery = EventKey & { body: string };

/** What became of an event, with one sentence why. */
export type Outcome = {
  /**
   * `failed`: the body can never be worked with as it is, so the sender is told that we have it;
   * what may succeed later throws instead. `received`: work that no transaction can do follows, and
   * ends with `settleEvent`; who sends the event meanwhile has it done once more.
   */
  status: WebhookStatus;
  detail: string;
  /** True for an ignored event that a later one may need. Failed and received ones are always kept. */
  keepBody?: boolean;
  /** True when what has happened must be known for ever, such as that somebody is gone. */
  keepRow?: boolean;
  /** The deployments that it is for, with the status `received`: they do its work (docs/shards.md). */
  handOnTo?: string[];
};

/** An event as its sender's reader understands it. */
export type WebhookEvent = Pick<Row, "type" | "subject" | "version"> & {
  /** Does what the event asks for, in the transaction that stores it. Safe to repeat and in any order. */
  work(ctx: SystemCtx, key: EventKey, now: number): Promise<Outcome>;
};

/** The event in a signed body, or null when it is none of the sender's. */
export type WebhookReader = (body: string) => WebhookEvent | null;

export type Receipt = { status: WebhookStatus; repeated: boolean; handOnTo?: string[] };

/** Takes a delivery in: does the work unless an earlier delivery did. Throws what the work throws. */
export async function receiveDelivery(
  ctx: SystemCtx,
  delivery: Delivery,
  now: number,
): Promise<Receipt> {
  const known = await findEvent(ctx, delivery);
  if (known !== null && known.status !== "failed") {
    const { status, handOnTo } = known;
    return { status, repeated: true, ...(handOnTo && { handOnTo }) };
  }
  const { status, handOnTo } = await attempt(ctx, delivery, known, now);
  return { status, repeated: false, ...(handOnTo && { handOnTo }) };
}

/** Remembers that the work threw, which rolled its own transaction back. The sender tries again. */
export async function recordThrow(
  ctx: SystemCtx,
  delivery: Delivery,
  error: string,
  now: number,
): Promise<void> {
  const known = await findEvent(ctx, delivery);
  // Another delivery of the same event has done it meanwhile.
  if (known?.status === "processed" || known?.status === "ignored") return;
  const outcome = { status: "failed" as const, detail: "The work failed and can be tried again." };
  // What followed the transaction threw: the try is counted already, and the body is kept.
  if (known?.status === "received") {
    const lastError = error.slice(0, MAX_ERROR_LENGTH);
    return await ctx.platform.patch("webhookEvents", known._id, { ...outcome, lastError });
  }
  const event = readerOf(delivery.source)(delivery.body);
  await store(ctx, delivery, known, { event, outcome, error, now });
}

/** A failed event as it was delivered, to be tried again; null when there is none, or it is not failed. */
export async function failedDelivery(
  { platform }: Pick<SystemReadCtx, "platform">,
  key: EventKey,
): Promise<Delivery | null> {
  const known = await findEvent({ platform }, key);
  if (known?.status !== "failed" || known.body === undefined) return null;
  return { ...key, body: known.body };
}

/** Ends the work of a `received` event. Does nothing to an event that is settled. */
export async function settleEvent(
  ctx: SystemCtx,
  key: EventKey,
  outcome: Outcome,
  now: number,
): Promise<void> {
  const known = await findEvent(ctx, key);
  if (known?.status !== "received") return;
  const { status, detail } = outcome;
  await ctx.platform.patch("webhookEvents", known._id, {
    status,
    detail,
    ...(status === "failed"
      ? { lastError: detail }
      : { processedAt: now, body: undefined, removableAt: removableAt(outcome, now) }),
  });
}

/**
 * How long a settled event is remembered: far longer than any of its senders delivers it
 * again (Clerk and Resend, through Svix, and Stripe give up within days).
 */
const REMEMBERED_MS = 90 * DAY_MS;

/** Events that one transaction removes. */
const BATCH = 100;

/** Removes settled events that nobody sends again or asks for; goes on by itself while there are more. */
export async function sweepEvents({ platform, schedule }: SystemCtx, now: number): Promise<void> {
  const old = await platform
    .query("webhookEvents")
    .withIndex("by_removableAt", (q) => q.gt("removableAt", 0).lte("removableAt", now))
    .take(BATCH);
  for (const { _id } of old) await platform.delete("webhookEvents", _id);
  if (old.length === BATCH) await schedule.after(0, internal.webhookEvents.sweep, {});
}

function removableAt({ status, keepBody, keepRow }: Outcome, now: number): number | undefined {
  const isDone = status === "processed" || status === "ignored";
  return isDone && !keepBody && !keepRow ? now + REMEMBERED_MS : undefined;
}

async function attempt(
  ctx: SystemCtx,
  delivery: Delivery,
  known: Row | null,
  now: number,
): Promise<Outcome> {
  const event = readerOf(delivery.source)(delivery.body);
  const outcome: Outcome = event
    ? await event.work(ctx, { source: delivery.source, eventId: delivery.eventId }, now)
    : { status: "failed", detail: `The body is not an event of ${delivery.source}.` };
  const error = outcome.status === "failed" ? outcome.detail : undefined;
  await store(ctx, delivery, known, { event, outcome, error, now });
  return outcome;
}

/** Longest reason that is kept, in characters: an error's text may quote whole documents. */
const MAX_ERROR_LENGTH = 1_000;

async function store(
  ctx: SystemCtx,
  { source, eventId, body }: Delivery,
  known: Row | null,
  done: {
    event: WebhookEvent | null;
    outcome: Outcome;
    error: string | undefined;
    now: number;
  },
): Promise<void> {
  const { event, outcome, error, now } = done;
  const isDone = outcome.status === "processed" || outcome.status === "ignored";
  const row: WithoutSystemFields<Row> = {
    source,
    eventId,
    type: event?.type ?? "unknown",
    subject: event?.subject,
    version: event?.version,
    status: outcome.status,
    detail: outcome.detail,
    handOnTo: outcome.handOnTo,
    attempts: (known?.attempts ?? 0) + 1,
    lastError: error?.slice(0, MAX_ERROR_LENGTH) ?? known?.lastError,
    receivedAt: known?.receivedAt ?? now,
    processedAt: isDone ? now : undefined,
    removableAt: removableAt(outcome, now),
    body: isDone && !outcome.keepBody ? undefined : body,
  };
  if (known === null) await ctx.platform.insert("webhookEvents", row);
  else await ctx.platform.replace("webhookEvents", known._id, row);
}

async function findEvent(
  { platform }: Pick<SystemReadCtx, "platform">,
  { source, eventId }: EventKey,
): Promise<Row | null> {
  return await platform
    .query("webhookEvents")
    .withIndex("by_source_eventId", (q) => q.eq("source", source).eq("eventId", eventId))
    .unique();
}
