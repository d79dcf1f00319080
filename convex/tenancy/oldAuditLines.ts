import type { DatabaseWriter } from "../_generated/server";

/** Trails of which rows are removed by age, and by nothing else. */
const AGING_TRAILS = ["auditLog", "securityAuditLog", "staffAudit"] as const;

/**
 * Removes lines of any company's and the platform's trails that were written before `before`
 * (milliseconds), oldest first, at most `limit` of each. Beside the erasure of a
 * whole company the only way in which a line of a trail goes: no database that a function gets can
 * change or delete one. True when more may be left.
 */
export async function removeOldAuditLines(
  db: DatabaseWriter,
  before: number,
  limit: number,
): Promise<boolean> {
  let more = false;
  for (const table of AGING_TRAILS) {
    const old = await db
      .query(table)
      .withIndex("by_creation_time", (q) => q.lt("_creationTime", before))
      .take(limit);
    for (const { _id } of old) await db.delete(table, _id);
    more ||= old.length === limit;
  }
  return more;
}
