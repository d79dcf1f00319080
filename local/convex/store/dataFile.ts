/**
 * Opening the data file: which files are accepted, and how a new one is laid out.
 *
 * Invariants
 * - A file that is refused is left as it was: everything is decided from its header and from
 *   read-only connections.
 * - Header and layout are written before the file enters WAL mode, so that the header can be read
 *   from the file itself even after a crash.
 * - One process at a time: the owner holds an exclusive lock on `<file>-lock`, which the system
 *   releases when the process ends, however it ends.
 */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  closeSync,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StoreError } from "./errors.ts";

/** "SunU", in SQLite's header. */
const APPLICATION_ID = 0x53756e55;
const LAYOUT_VERSION = 1;
const HEADER_BYTES = 100;
// A file up to this size is checked whole when it is opened (about 0.1 s).
const WHOLE_CHECK_BYTES = 32 * 1024 * 1024;

/**
 * - docs.row never changes; full-text tables use it as their rowid. `val` is the document as Convex
 *   JSON, `size` what Convex counts for it.
 * - idx.key ends with the document's 16 bytes, so it is unique in its index.
 */
const LAYOUT = `
  CREATE TABLE state (ts INTEGER NOT NULL, creation_time REAL NOT NULL) STRICT;
  INSERT INTO state VALUES (0, 0);
  CREATE TABLE tables (
    id INTEGER PRIMARY KEY AUTOINCREMENT, component TEXT NOT NULL, name TEXT NOT NULL,
    number INTEGER NOT NULL, validator TEXT,
    UNIQUE (component, name), UNIQUE (component, number)
  ) STRICT;
  CREATE TABLE indexes (
    id INTEGER PRIMARY KEY AUTOINCREMENT, tbl INTEGER NOT NULL, name TEXT NOT NULL,
    definition TEXT NOT NULL, UNIQUE (tbl, name)
  ) STRICT;
  CREATE TABLE docs (
    row INTEGER PRIMARY KEY AUTOINCREMENT, tbl INTEGER NOT NULL, id BLOB NOT NULL,
    val TEXT NOT NULL, size INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX docs_by_id ON docs (tbl, id);
  CREATE TABLE idx (
    index_id INTEGER NOT NULL, key BLOB NOT NULL, row INTEGER NOT NULL,
    PRIMARY KEY (index_id, key)
  ) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${LAYOUT_VERSION};
`;

export type DataFile = {
  /** The only connection that writes. */
  writer: DatabaseSync;
  openReader(): DatabaseSync;
  /** Closes the writer and lets other processes in. */
  close(): void;
};

/** Throws DataFile, in one sentence, if the file cannot be used. */
export function openDataFile(file: string): DataFile {
  prepareFolder(file);
  const isNew = !existsSync(file) || statSync(file).size === 0;
  if (!isNew) checkHeader(file);
  const lock = takeLock(file);
  try {
    if (isNew) layOut(file);
    else checkContent(file);
    const writer = connect(file, false);
    // Neither syncs nor checkpoints belong into COMMIT: groupSync.ts and checkpoints.ts do them.
    writer.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 0;",
    );
    return {
      writer,
      openReader: () => connect(file, true),
      close() {
        writer.close();
        lock.close();
      },
    };
  } catch (error) {
    lock.close();
    if (error instanceof StoreError) throw error;
    throw refusal(file, `cannot be opened: ${(error as Error).message}.`);
  }
}

function connect(file: string, readOnly: boolean): DatabaseSync {
  const connection = new DatabaseSync(file, { readOnly, timeout: 0 });
  connection.exec("PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY;");
  return connection;
}

function prepareFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    accessSync(dirname(file), constants.W_OK);
    if (existsSync(file)) {
      if (!statSync(file).isFile()) throw new Error("it is not a file");
      accessSync(file, constants.W_OK);
    }
  } catch (error) {
    throw refusal(file, `cannot be written (${(error as Error).message}).`);
  }
}

function checkHeader(file: string): void {
  const header = Buffer.alloc(HEADER_BYTES);
  const descriptor = openSync(file, "r");
  const length = readSync(descriptor, header, 0, HEADER_BYTES, 0);
  closeSync(descriptor);
  if (length < HEADER_BYTES || header.toString("latin1", 0, 16) !== "SQLite format 3\0") {
    throw refusal(file, "is not a data file of the local Convex engine.");
  }
  if (header.readUInt32BE(68) !== APPLICATION_ID) {
    throw refusal(file, "is a database of another program.");
  }
  const version = header.readUInt32BE(60);
  if (version > LAYOUT_VERSION) {
    throw refusal(
      file,
      `was written by a newer version of the local Convex engine (layout ${version}, this one knows ${LAYOUT_VERSION}).`,
    );
  }
  const pageSize = header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16);
  const wal = `${file}-wal`;
  const walIsEmpty = !existsSync(wal) || statSync(wal).size === 0;
  if (walIsEmpty && statSync(file).size < pageSize * header.readUInt32BE(28)) {
    throw refusal(file, "is corrupt: a part of it is missing.");
  }
}

/** Reads what every start needs, and the whole of a small file. */
function checkContent(file: string): void {
  let reader: DatabaseSync | undefined;
  try {
    reader = connect(file, true);
    reader.prepare("SELECT count(ts), count(creation_time) FROM state").get();
    reader.prepare("SELECT count(*) FROM tables").get();
    reader.prepare("SELECT count(*) FROM indexes").get();
    if (statSync(file).size <= WHOLE_CHECK_BYTES) {
      const { quick_check: finding } = reader.prepare("PRAGMA quick_check(1)").get() as {
        quick_check: string;
      };
      if (finding !== "ok") throw new Error(finding);
    }
  } catch (error) {
    throw refusal(file, `is corrupt: ${(error as Error).message.replaceAll("\n", " ")}.`);
  } finally {
    reader?.close();
  }
}

function layOut(file: string): void {
  const connection = new DatabaseSync(file);
  try {
    connection.exec(`BEGIN IMMEDIATE; ${LAYOUT} COMMIT;`);
  } finally {
    connection.close();
  }
}

function takeLock(file: string): DatabaseSync {
  const lock = new DatabaseSync(`${file}-lock`, { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return lock;
  } catch {
    lock.close();
    throw refusal(file, "is in use by another process.");
  }
}

function refusal(file: string, reason: string): StoreError {
  return new StoreError("DataFile", `The data file ${file} ${reason}`);
}
