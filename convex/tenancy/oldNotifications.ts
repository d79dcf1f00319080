import type { Doc } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";

/** Whose notification is old, and nothing of whom it told what. */
export type OldNotification = Pick<Doc<"notifications">, "tenantId" | "_id">;

/**
 * Notifications of any company that were written before `before` (milliseconds), oldest
 * first, at most `limit`. Removing them takes the company's own database (`forTenant`).
 */
export async function oldNotifications(
  db: DatabaseReader,
  before: number,
  limit: number,
): Promise<OldNotification[]> {
  const rows = await db
    .query("notifications")
    .withIndex("by_creation_time", (q) => q.lt("_creationTime", before))
    .take(limit);
  return rows.map(({ tenantId, _id }) => ({ tenantId, _id }));
}
