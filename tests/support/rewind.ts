import { ALL_TABLES } from "../../convex/tenancy/tables.ts";
import type { Backend } from "./backend.ts";

/** The system table of stored files. */
const STORED = "_storage";

/**
 * Puts a deployment back to what it holds now, between tests that need the same one: making it
 * anew takes many times as long. The function answers with false when that cannot be done: a row
 * that is gone cannot have its id again, and stored files do not change back.
 */
export async function rewinder(t: Backend): Promise<() => Promise<boolean>> {
  const before = await rowsOf(t);
  return async () => {
    const now = await rowsOf(t);
    const gone = [...before.keys()].some((id) => !now.has(id));
    const changed = [...now].filter(([id, { text }]) => before.get(id)?.text !== text);
    if (gone || changed.some(([, { table }]) => table === STORED)) return false;
    await t.run(async ({ db }) => {
      for (const [, { table, row }] of changed) {
        const earlier = before.get(row._id);
        if (earlier === undefined) await db.delete(table as "projects", row._id as never);
        else await db.replace(table as "projects", row._id as never, earlier.row as never);
      }
    });
    return true;
  };
}

type Held = { table: string; row: { _id: string }; text: string };

/** Every row and stored file by its id, each also as text to compare. */
async function rowsOf(t: Backend): Promise<Map<string, Held>> {
  const held = new Map<string, Held>();
  const hold = (table: string, rows: { _id: string }[]) => {
    for (const row of rows) held.set(row._id, { table, row, text: JSON.stringify(row) });
  };
  await t.run(async ({ db }) => {
    for (const table of ALL_TABLES) hold(table, await db.query(table).collect());
    hold(STORED, await db.system.query(STORED).collect());
  });
  return held;
}
