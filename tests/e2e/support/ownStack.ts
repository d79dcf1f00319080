import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "../../../local/convex/store/store.ts";

/** A data folder for a stack of a test's own, removed when the test ends. */
export function temporaryData(): { dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), "sunup-e2e-own-"));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** How many rows the tables of a stopped stack hold. */
export async function countRows<Table extends string>(
  dataDir: string,
  tables: readonly Table[],
): Promise<Record<Table, number>> {
  const store = openStore({ file: join(dataDir, "convex", "data.sqlite") });
  const snapshot = store.snapshot();
  const counts = tables.map((table) => [table, snapshot.count("", table)]);
  snapshot.close();
  await store.close();
  return Object.fromEntries(counts) as Record<Table, number>;
}
