import type { Id, TableNames } from "../../_generated/dataModel";
import type { DatabaseWriter } from "../../_generated/server";
import { ALL_TABLES, isTenantTable, type PlatformTable } from "../tables";
import { newBatch, takeInto } from "./batch";
import { ERASURE_FATES } from "./platformRows";
import { anyRowOf } from "./rows";

export type Scanned = {
  /** Where to go on, or null when every table was looked through. */
  next: string | null;
  rows: number;
  /** Tables in which something still named the tenant. */
  found: string[];
};

/**
 * Looks for a tenant's id in a batch of all tables of the schema, from `from` on. A tenant's table
 * can name it only as the owner of rows, and is asked for one by its index. A platform table could
 * name it in any text, so every row is looked through; a row of a table that keeps nothing about
 * an erased company goes at once. The erasure under way names it and is passed over.
 */
export async function scanTables(
  db: DatabaseWriter,
  tenantId: Id<"tenants">,
  { erasureId, from }: { erasureId: Id<"erasures">; from: string | null },
): Promise<Scanned> {
  const [first = ALL_TABLES[0]!, after = "0"] = from?.split(" ") ?? [];
  const batch = newBatch();
  const result: Scanned = { next: null, rows: 0, found: [] };
  for (const table of ALL_TABLES.slice((ALL_TABLES as string[]).indexOf(first))) {
    if (isTenantTable(table)) {
      if ((await anyRowOf(db, table, tenantId)) !== null) result.found.push(table);
      continue;
    }
    const seen = table === first ? Number(after) : 0;
    const { rows, all } = await takeInto(batch, rowsAfter(db, table, seen));
    result.rows += rows.length;
    for (const row of rows) {
      if (String(row._id) === erasureId || !JSON.stringify(row).includes(tenantId)) continue;
      result.found.push(table);
      if (goes(table)) await db.delete(table as "webhookEvents", row._id);
    }
    if (!all) return { ...result, next: `${table} ${rows.at(-1)?._creationTime ?? seen}` };
  }
  return result;
}

function goes(table: PlatformTable): boolean {
  return ERASURE_FATES[table].fate === "erased";
}

/** Rows of a table in the order in which they were written. */
function rowsAfter(db: DatabaseWriter, table: TableNames, after: number) {
  // Convex's types ask for one table by name; every table has this index.
  return db
    .query(table as "webhookEvents")
    .withIndex("by_creation_time", (q) => q.gt("_creationTime", after));
}
