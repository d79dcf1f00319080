import type { Doc } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";

/** Which mail of which company is overdue, and nothing of what it says or to whom it goes. */
export type OverdueEmail = Pick<Doc<"emails">, "tenantId" | "_id" | "attempts">;

/**
 * Mail of any company whose attempt should have begun at `before` (milliseconds) or
 * earlier, longest overdue first, at most `limit`. Settled mail has no such time and is
 * not read. Changing it takes the company's own database (`forTenant`).
 */
export async function overdueEmails(
  db: DatabaseReader,
  before: number,
  limit: number,
): Promise<OverdueEmail[]> {
  const rows = await db
    .query("emails")
    .withIndex("by_nextAttemptAt", (q) => q.gt("nextAttemptAt", 0).lte("nextAttemptAt", before))
    .take(limit);
  return rows.map(({ tenantId, _id, attempts }) => ({ tenantId, _id, attempts }));
}
