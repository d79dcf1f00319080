import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import { literals } from "convex-helpers/validators";

/**
 * What a mail says: its kind, and the data that the kind's template shows. Times are
 * milliseconds since 1970; texts are shown as they are, never as HTML.
 */
export const emailMessage = v.union(
  v.object({
    kind: v.literal("welcome"),
    data: v.object({ name: v.string(), companyName: v.string() }),
  }),
  v.object({
    kind: v.literal("invitation"),
    data: v.object({
      companyName: v.string(),
      inviterName: v.string(),
      roles: v.array(v.string()),
      /** Full address that accepts the invitation, with its ticket. */
      acceptUrl: v.string(),
      expiresAt: v.number(),
    }),
  }),
  v.object({
    kind: v.literal("trialEnding"),
    data: v.object({ companyName: v.string(), planName: v.string(), endsAt: v.number() }),
  }),
  v.object({
    kind: v.literal("paymentFailed"),
    data: v.object({
      companyName: v.string(),
      amountCents: v.number(),
      /** When the card is charged again; left out after the last attempt. */
      nextAttemptAt: v.optional(v.number()),
    }),
  }),
  v.object({
    kind: v.literal("securityAlert"),
    data: v.object({
      companyName: v.string(),
      /** Who was refused. */
      personName: v.string(),
      refusals: v.number(),
      at: v.number(),
    }),
  }),
  v.object({
    kind: v.literal("closingRequested"),
    data: v.object({ companyName: v.string(), requestedBy: v.string(), closesAt: v.number() }),
  }),
  v.object({
    kind: v.literal("closingReminder"),
    data: v.object({ companyName: v.string(), closesAt: v.number() }),
  }),
  v.object({
    kind: v.literal("closingCancelled"),
    data: v.object({ companyName: v.string(), cancelledBy: v.string() }),
  }),
  v.object({
    kind: v.literal("closed"),
    data: v.object({ companyName: v.string() }),
  }),
);
export type EmailMessage = Infer<typeof emailMessage>;
export type EmailKind = EmailMessage["kind"];

/** Mail to be sent, written in the transaction that causes it. */
export const emails = defineTable({
  tenantId: v.id("tenants"),
  message: emailMessage,
  to: v.string(),
  status: literals("queued", "sent", "failed"),
  /** The same key is never queued twice in a company. */
  idempotencyKey: v.string(),
}).index("by_tenant_idempotencyKey", ["tenantId", "idempotencyKey"]);
