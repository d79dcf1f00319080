import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Doc, TableNames } from "../../../convex/_generated/dataModel.js";

/** What an engine has stored in its data folder, read beside it: every table's rows, as JSON. */
export function storedRows(dataDir: string): { table: string; row: string }[] {
  const database = new DatabaseSync(path.join(dataDir, "data.sqlite"), { readOnly: true });
  try {
    return database
      .prepare(
        `SELECT tables.name AS "table", docs.val AS row
         FROM docs JOIN tables ON tables.id = docs.tbl ORDER BY docs.row`,
      )
      .all() as { table: string; row: string }[];
  } finally {
    database.close();
  }
}

/** The rows of one of Sunup's tables, of all companies. */
export function rowsOf<Table extends TableNames>(dataDir: string, table: Table): Doc<Table>[] {
  return storedRows(dataDir)
    .filter((stored) => stored.table === table)
    .map(({ row }) => JSON.parse(row) as Doc<Table>);
}
