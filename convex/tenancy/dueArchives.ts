import type { Doc } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";

/** An archive of whichever company, and nothing of what is in it. */
export type DueArchive = Pick<Doc<"archives">, "tenantId" | "_id">;

/**
 * Archives of any company whose time came at `before` (milliseconds) or earlier, longest ago
 * first, at most `limit`. Changing one takes the company's own database (`forTenant`).
 */
export async function dueArchives(
  db: DatabaseReader,
  before: number,
  limit: number,
): Promise<DueArchive[]> {
  const rows = await db
    .query("archives")
    .withIndex("by_dueAt", (q) => q.gt("dueAt", 0).lte("dueAt", before))
    .take(limit);
  return rows.map(({ tenantId, _id }) => ({ tenantId, _id }));
}
