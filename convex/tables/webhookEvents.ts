import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";

/**
 * Every webhook event that was received with a good signature, once per event id.
 * A platform table: an event arrives before it is known whom it concerns.
 */
export const webhookEvents = defineTable({
  source: v.literal("clerk"),
  /** The sender's id of the event (svix-id): the same at every retry. */
  eventId: v.string(),
  type: v.string(),
  /** Whom the event is about at the sender: Clerk's user id. */
  subject: v.optional(v.string()),
  outcome: literals("processed", "ignored", "failed"),
  /** What was done, or why not, in one sentence. */
  detail: v.string(),
})
  .index("by_source_eventId", ["source", "eventId"])
  .index("by_source_subject_type", ["source", "subject", "type"]);
