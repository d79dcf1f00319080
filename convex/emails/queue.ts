import type { EmailMessage } from "../tables/emails";
import type { Id } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";

/**
 * Queues a mail in the transaction that causes it: when that rolls back, nothing is
 * sent. A second mail of the same key is not queued: the first one's id comes back.
 */
export async function queueEmail(
  { db }: Pick<TenantWriteCtx, "db" | "schedule">,
  email: { to: string; idempotencyKey: string; message: EmailMessage },
): Promise<Id<"emails">> {
  const known = await db
    .query("emails")
    .withIndex("by_tenant_idempotencyKey", (q) => q.eq("idempotencyKey", email.idempotencyKey))
    .unique();
  if (known !== null) return known._id;
  return await db.insert("emails", { ...email, status: "queued" });
}
