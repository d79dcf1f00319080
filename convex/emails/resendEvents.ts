import { z } from "zod";
import { isHome, otherShards } from "../model/shards";
import type { Outcome, WebhookEvent } from "../model/webhookInbox";
import type { SystemCtx } from "../tenancy/functions";
import { type EmailStatus, isNews } from "./progress";

/** Resend's events that say what became of a mail, and what they make of it here. */
const STATUS_OF = new Map<string, EmailStatus>([
  ["email.sent", "sent"],
  ["email.delivery_delayed", "delayed"],
  ["email.failed", "failed"],
  ["email.suppressed", "suppressed"],
  ["email.delivered", "delivered"],
  ["email.bounced", "bounced"],
  ["email.complained", "complained"],
]);

/** The part of Resend's events that Sunup reads (resend.com/docs/dashboard/webhooks). */
const resendEvent = z.object({
  type: z.string().min(1).max(200),
  data: z.looseObject({ email_id: z.string().min(1).max(200).optional().catch(undefined) }),
});
const emailReport = z.object({
  email_id: z.string().min(1).max(200),
  tags: z.record(z.string(), z.string()).optional(),
  bounce: z.object({ type: z.string(), message: z.string() }).partial().optional(),
  failed: z.object({ reason: z.string() }).partial().optional(),
  suppressed: z.object({ message: z.string() }).partial().optional(),
});
type EmailReport = z.infer<typeof emailReport>;

/** The event in a signed body of Resend's, or null when it is none. */
export function readResendEvent(body: string): WebhookEvent | null {
  const event = parse(body);
  if (event === null) return null;
  const { type, data } = event;
  return {
    type,
    subject: data.email_id,
    work: (ctx, _key, now) => applyResendEvent(ctx, type, data, now),
  };
}

function parse(body: string): z.infer<typeof resendEvent> | null {
  try {
    return resendEvent.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

/**
 * Moves a mail forward. It is found by the tags that we gave it and not by Resend's id,
 * which we may not know yet: a report can be here before the answer to the sending.
 */
async function applyResendEvent(
  ctx: SystemCtx,
  type: string,
  data: unknown,
  now: number,
): Promise<Outcome> {
  const status = STATUS_OF.get(type);
  if (status === undefined) return ignored(`Sunup does nothing on ${type}.`);
  const { data: report, error } = emailReport.safeParse(data);
  if (report === undefined) {
    const [issue] = error.issues;
    return { status: "failed", detail: `${issue?.path.join(".")}: ${issue?.message}` };
  }
  const shard = report.tags?.shard;
  if (shard !== undefined && isHome() && otherShards().includes(shard)) {
    return { status: "received", detail: `The mail is ${shard}'s.`, handOnTo: [shard] };
  }
  const tenantId = ctx.platform.normalizeId("tenants", report.tags?.tenant ?? "");
  if (tenantId === null) return ignored("The mail is none of Sunup's.");
  // Opens a tenant: the one that our own tag on the mail names; its database checks that the mail is its own.
  const { db } = ctx.forTenant(tenantId);
  const emailId = db.normalizeId("emails", report.tags?.email ?? "");
  const email = emailId && (await db.get("emails", emailId));
  if (!email) return ignored("The mail is none of this deployment's.");
  if (!isNews(status, email.status)) return ignored(`The mail is ${email.status} already.`);

  await db.patch("emails", email._id, {
    status,
    lastError: reasonIn(report),
    providerId: email.providerId ?? report.email_id,
    nextAttemptAt: undefined,
    failedAt: status === "failed" ? now : undefined,
  });
  return { status: "processed", detail: `The mail is ${status}.` };
}

/** Resend's reason, in its own words; what it says of a mailbox, not what we sent. */
function reasonIn({ bounce, failed, suppressed }: EmailReport): string | undefined {
  const reason = bounce
    ? `${bounce.type ?? "Bounced"}: ${bounce.message ?? ""}`
    : (failed?.reason ?? suppressed?.message);
  return reason?.slice(0, MAX_REASON_LENGTH);
}

const MAX_REASON_LENGTH = 300;

function ignored(detail: string): Outcome {
  return { status: "ignored", detail };
}
