import type { Id } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";
import { queueEmail } from "./queue";

/**
 * Queues a mail that failed, or was suppressed, as a new one, once per failed one. Returns the
 * new one's id, or null for a mail in another state: it may have arrived. Throws NOT_FOUND.
 */
export async function sendAgain(
  ctx: Pick<TenantWriteCtx, "db" | "schedule">,
  emailId: Id<"emails">,
): Promise<Id<"emails"> | null> {
  const { status, to, message } = await ctx.db.getX("emails", emailId);
  if (status !== "failed" && status !== "suppressed") return null;
  await ctx.db.patch("emails", emailId, { failedAt: undefined });
  return await queueEmail(ctx, { to, message, idempotencyKey: `retry/${emailId}` });
}
