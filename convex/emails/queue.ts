import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { EmailMessage } from "../tables/emails";
import type { TenantWriteCtx } from "../tenancy/functions";

/**
 * Queues a mail in the transaction that causes it: when that rolls back, nothing is
 * sent. A second mail of the same key in the company is not queued: the first one's id
 * comes back.
 */
export async function queueEmail(
  { db, schedule }: Pick<TenantWriteCtx, "db" | "schedule">,
  email: { to: string; idempotencyKey: string; message: EmailMessage },
): Promise<Id<"emails">> {
  const known = await db
    .query("emails")
    .withIndex("by_tenant_idempotencyKey", (q) => q.eq("idempotencyKey", email.idempotencyKey))
    .unique();
  if (known !== null) return known._id;
  const emailId = await db.insert("emails", {
    ...email,
    to: email.to.trim().toLowerCase(),
    status: "queued",
    attempts: 0,
    nextAttemptAt: Date.now(),
  });
  await schedule.after(0, internal.emails.outbox.begin, { emailId, attempt: 1 });
  return emailId;
}
