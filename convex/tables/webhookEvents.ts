import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";

/** Who calls our webhooks. Each has its reader in model/webhookSources.ts. */
export const webhookSource = literals("clerk", "resend", "stripe");

/** `received`: stored, and work outside of the transaction goes on. */
export const webhookStatus = literals("received", "processed", "ignored", "failed");

/**
 * The inbox of webhooks: every event that came with a good signature, once per event id.
 * A platform table: an event arrives before it is known whom it concerns.
 */
export const webhookEvents = defineTable({
  source: webhookSource,
  /** The sender's id of the event (svix-id): the same at every retry. */
  eventId: v.string(),
  type: v.string(),
  /** Whom or what the event is about at the sender: Clerk's user id, Resend's id of a mail, Stripe's customer. */
  subject: v.optional(v.string()),
  /** The sender's own version of the subject, growing: Clerk's `updated_at`. */
  version: v.optional(v.number()),
  status: webhookStatus,
  /** What was done, or why not, in one sentence. */
  detail: v.string(),
  /** The deployments that it was for, when that was not this one. */
  handOnTo: v.optional(v.array(v.string())),
  /** How often the work was tried. */
  attempts: v.number(),
  /** What the last try that threw or failed met; kept after a later one succeeded. */
  lastError: v.optional(v.string()),
  /** Milliseconds: the first delivery, and the moment the work was done. */
  receivedAt: v.number(),
  processedAt: v.optional(v.number()),
  /** From when on the row is of no use any more; absent as long as something may ask for it. */
  removableAt: v.optional(v.number()),
  /** The signed text, as long as it may be needed again: never once the event is processed. */
  body: v.optional(v.string()),
})
  .index("by_source_eventId", ["source", "eventId"])
  // Not covered by the next one: it keeps a subject's events in the order in which they came.
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_source_subject", ["source", "subject"])
  .index("by_source_subject_type_version", ["source", "subject", "type", "version"])
  .index("by_removableAt", ["removableAt"])
  .index("by_status", ["status"]);
