import { DatabaseSync } from "node:sqlite";

/**
 * Takes a lock that one process at a time can hold, or returns null when another holds it.
 * It is SQLite's own file lock, so the operating system drops it however the process ends.
 * Throws when the file cannot be created or written.
 */
export function takeExclusiveLock(file: string): { release(): void } | null {
  const database = new DatabaseSync(file);
  try {
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY) return null;
    throw error;
  }
  return { release: () => database.close() };
}

const SQLITE_BUSY = 5;
