import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Opens (or creates) an SQLite file in this folder. A transaction either happens whole or not at all
 * and is on disk when it has happened, however the process ends. Throws when the file is damaged or
 * the folder cannot be written.
 */
export function openDatabase(dataDir: string, name: string): DatabaseSync {
  mkdirSync(dataDir, { recursive: true });
  const db = new DatabaseSync(join(dataDir, name));
  db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000");
  return db;
}

/** Runs `work` so that all of its writes happen or none. `work` must not wait for anything. */
export function transaction<R>(db: DatabaseSync, work: () => R): R {
  if (db.isTransaction) return work();
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    db.exec("ROLLBACK");
    throw error;
  }
}
