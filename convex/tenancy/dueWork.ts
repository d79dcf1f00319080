import type { Doc } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";

/** An archive, or the restoring of one, of whichever company, and nothing of what is in it. */
export type DueWork =
  | (Pick<Doc<"archives">, "tenantId" | "_id"> & { kind: "archive" })
  | (Pick<Doc<"restores">, "tenantId" | "_id"> & { kind: "restore" });

/**
 * Archives and restorings of any company whose time came at `before` (milliseconds) or earlier, at
 * most `limit` of each. Changing one takes the company's own database (`forTenant`).
 */
export async function dueWork(
  db: DatabaseReader,
  before: number,
  limit: number,
): Promise<DueWork[]> {
  const archives = await db
    .query("archives")
    .withIndex("by_dueAt", (q) => q.gt("dueAt", 0).lte("dueAt", before))
    .take(limit);
  const restores = await db
    .query("restores")
    .withIndex("by_dueAt", (q) => q.gt("dueAt", 0).lte("dueAt", before))
    .take(limit);
  return [
    ...archives.map(({ tenantId, _id }) => ({ kind: "archive" as const, tenantId, _id })),
    ...restores.map(({ tenantId, _id }) => ({ kind: "restore" as const, tenantId, _id })),
  ];
}
