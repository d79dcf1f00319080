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
    kind: v.literal("taskAssigned"),
    data: v.object({
      companyName: v.string(),
      /** Who assigned it. */
      personName: v.string(),
      projectName: v.string(),
      taskTitle: v.string(),
      /** A day, "2026-11-23". */
      dueDay: v.optional(v.string()),
      projectId: v.id("projects"),
    }),
  }),
  v.object({
    kind: v.literal("surveyAssigned"),
    data: v.object({
      companyName: v.string(),
      /** Who planned it. */
      personName: v.string(),
      projectName: v.string(),
      /** In the company's time zone, "Nov 23, 2026, 9:00 AM". */
      when: v.string(),
      surveyId: v.id("surveys"),
    }),
  }),
  v.object({
    kind: v.literal("mention"),
    data: v.object({
      companyName: v.string(),
      /** Who wrote the note. */
      personName: v.string(),
      projectName: v.string(),
      excerpt: v.string(),
      projectId: v.id("projects"),
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
    kind: v.literal("trialCharging"),
    data: v.object({
      companyName: v.string(),
      planName: v.string(),
      endsAt: v.number(),
      amountCents: v.number(),
    }),
  }),
  v.object({
    kind: v.literal("planEnded"),
    data: v.object({ companyName: v.string(), planName: v.string() }),
  }),
  v.object({
    kind: v.literal("leadsUsedUp"),
    /** The campaign whose form had to turn somebody away. */
    data: v.object({ companyName: v.string(), campaignName: v.string() }),
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
    kind: v.literal("supportRequested"),
    data: v.object({ companyName: v.string(), staffName: v.string(), reason: v.string() }),
  }),
  v.object({
    kind: v.literal("staffAlert"),
    data: v.object({
      /** What happened, of lib/security.ts: "Forged webhooks". */
      what: v.string(),
      subjectName: v.string(),
      companyName: v.optional(v.string()),
      count: v.number(),
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
    kind: v.literal("archiveReady"),
    data: v.object({
      companyName: v.string(),
      requestedBy: v.string(),
      rows: v.number(),
      files: v.number(),
      expiresAt: v.number(),
    }),
  }),
  v.object({
    kind: v.literal("closed"),
    data: v.object({ companyName: v.string() }),
  }),
);
export type EmailMessage = Infer<typeof emailMessage>;
export type EmailKind = EmailMessage["kind"];

/**
 * - `queued` waits for its next attempt, `sending` is with Resend right now
 * - `sent` Resend has it, `delayed` the recipient's server is asked again, `delivered` it took it
 * - `bounced` it refused it for good, `complained` the recipient called it spam
 * - `failed` Sunup or Resend gave up, `suppressed` was not sent on purpose; `lastError` says why
 */
export const emailStatus = literals(
  "queued",
  "sending",
  "sent",
  "delayed",
  "delivered",
  "bounced",
  "complained",
  "failed",
  "suppressed",
);

/** What sending a mail has to remember, whosever mail it is. */
const sending = {
  message: emailMessage,
  to: v.string(),
  status: emailStatus,
  /** The same key is never queued twice in a company, or in the platform. */
  idempotencyKey: v.string(),
  /** How often it was handed to Resend. */
  attempts: v.number(),
  /** Milliseconds, like all times here. Resend knows our key for 24 hours from then on. */
  firstAttemptAt: v.optional(v.number()),
  /** When the next attempt is due: set as long as there is one, absent when the mail is settled. */
  nextAttemptAt: v.optional(v.number()),
  /** Why it was not sent, or not yet, in one sentence. */
  lastError: v.optional(v.string()),
  /** Resend's id of the mail. */
  providerId: v.optional(v.string()),
  sentAt: v.optional(v.number()),
  /** Set while the mail is `failed` and was not sent again. */
  failedAt: v.optional(v.number()),
};

/** Mail to a company's people, written in the transaction that causes it; convex/emails/ sends it. */
export const emails = defineTable({ ...sending, tenantId: v.id("tenants") })
  // Not covered by the next ones: this is the company's mail in order of time.
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_idempotencyKey", ["tenantId", "idempotencyKey"])
  .index("by_tenant_to_status", ["tenantId", "to", "status"])
  // Crosses tenants: the sweep asks what is overdue anywhere, without going through all companies.
  .index("by_nextAttemptAt", ["nextAttemptAt"])
  // Crosses tenants: Sunup's staff see what failed anywhere.
  .index("by_failedAt", ["failedAt"]);

/** Mail to Sunup's own people, about no company or several; sent as the other. */
export const platformEmails = defineTable(sending)
  .index("by_idempotencyKey", ["idempotencyKey"])
  .index("by_nextAttemptAt", ["nextAttemptAt"]);
