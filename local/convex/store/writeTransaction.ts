/**
 * Writing: a reader on the only connection that writes, so it sees its own writes.
 *
 * Invariants
 * - Every write goes through `put`, which keeps document, indexes and write set together.
 * - A savepoint that fails takes back rows, write set and catalog; reads and metrics stay.
 * - A patch or replace that changes nothing writes nothing.
 * - SQLite's savepoints nest strictly, but callers may start two at once (`Promise.all`): those that
 *   share an enclosing savepoint wait for each other. The async context says which one encloses.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { StoreError } from "./errors.ts";
import { decodeId, encodeId, INTERNAL_ID_BYTES, type DocumentId } from "./ids.ts";
import { reindex, type IndexedDocument } from "./indexing.ts";
import { WriteRecorder, MISSING_TABLES } from "./readset.ts";
import { createTable, nextNumber, storeNumber } from "./tables.ts";
import { Reader } from "./transaction.ts";
import { validationError } from "./validators.ts";
import { canonicalDocument, kindOf, show, type JsonObject } from "./values.ts";
import { tableKey, type Catalog, type TableInfo } from "./catalog.ts";
import type { Connection, StoredDocument } from "./connection.ts";
import type {
  DocJson,
  FieldsJson,
  TableJson,
  TransactionOptions,
  WriteTransaction,
} from "./types.ts";

/** What a writer takes from the store for one transaction. */
export type WriterSetup = {
  catalog: Catalog;
  ts: bigint;
  commitTs: bigint;
  now: number;
  random: (bytes: Uint8Array) => void;
  nextCreationTime: (now: number) => number;
  /** Later ones will be above this one. */
  creationTimeSeen: (time: number) => void;
  /** Tables that have indexes although no schema declares them. */
  systemTables: ReadonlyMap<string, TableJson>;
};

/** One savepoint that is open (or the transaction itself) and the last one started inside it. */
type Level = { readonly writer: Writer; last: Promise<void> };
const levels = new AsyncLocalStorage<Level>();
const newLevel = (writer: Writer): Level => ({ writer, last: Promise.resolve() });

export class Writer extends Reader implements WriteTransaction {
  readonly commitTs: bigint;
  readonly now: number;
  readonly writes = new WriteRecorder();
  private readonly setup: WriterSetup;
  private readonly level = newLevel(this);
  private depth = 0;

  constructor(connection: Connection, setup: WriterSetup, options?: TransactionOptions) {
    super(connection, setup.catalog, setup.ts, options);
    this.setup = setup;
    this.commitTs = setup.commitTs;
    this.now = setup.now;
  }

  insert(component: string, tableName: string, fields: FieldsJson): string {
    const table = this.catalog.table(component, tableName) ?? this.newTable(component, tableName);
    const internalId = new Uint8Array(INTERNAL_ID_BYTES);
    this.setup.random(internalId);
    const id = encodeId({ tableNumber: table.number, internalId });
    const system = { _id: id, _creationTime: this.setup.nextCreationTime(this.now) };
    this.put(table, internalId, null, withSystemFields(fields, system));
    return id;
  }

  importTable(component: string, tableName: string, number: number): void {
    const table = this.catalog.table(component, tableName) ?? this.newTable(component, tableName);
    if (table.number === number) return;
    const holder = this.catalog.tableOfNumber(component, number);
    for (const moved of [table, ...(holder === null ? [] : [holder])]) {
      if (this.connection.count(moved) === 0) continue;
      throw new StoreError(
        "InvalidId",
        `The ids of table "${tableName}" carry the number ${number}, but table "${moved.name}" has documents with number ${moved.number}.`,
      );
    }
    if (holder !== null) this.renumber(holder, nextNumber(this.connection, component, holder.name));
    this.renumber(table, number);
  }

  importDocument(component: string, tableName: string, fields: FieldsJson): string {
    const { _id: id, _creationTime: time } = fields;
    if (id === undefined) return this.insert(component, tableName, fields);
    const table = this.catalog.table(component, tableName) ?? this.newTable(component, tableName);
    const { tableNumber, internalId } = decodeId(String(id));
    if (tableNumber !== table.number) {
      throw new StoreError("InvalidId", `The id "${String(id)}" is not of table "${tableName}".`);
    }
    if (this.connection.document(table, internalId) !== null) {
      throw new StoreError("InvalidId", `There is a document with the id "${String(id)}" already.`);
    }
    const _creationTime = typeof time === "number" ? time : this.setup.nextCreationTime(this.now);
    this.setup.creationTimeSeen(_creationTime);
    this.put(table, internalId, null, { ...fields, _creationTime });
    return String(id);
  }

  patch(component: string, id: string, fields: FieldsJson, tableName?: string): void {
    const { table, decoded, stored } = this.find(component, id, tableName, "Update");
    const document = JSON.parse(stored.json) as DocJson;
    const { _id, _creationTime } = document;
    const merged: FieldsJson = { ...document };
    for (const [name, value] of Object.entries(fields)) {
      if (isUndefined(value)) delete merged[name];
      else merged[name] = value;
    }
    const next = withSystemFields(merged, { _id, _creationTime });
    this.put(table, decoded.internalId, { stored, document }, next);
  }

  replace(component: string, id: string, fields: FieldsJson, tableName?: string): void {
    const { table, decoded, stored } = this.find(component, id, tableName, "Replace");
    const document = JSON.parse(stored.json) as DocJson;
    const { _id, _creationTime } = document;
    const next = withSystemFields(fields, { _id, _creationTime });
    this.put(table, decoded.internalId, { stored, document }, next);
  }

  remove(component: string, id: string, tableName?: string): DocJson {
    const { table, decoded, stored } = this.find(component, id, tableName, "Delete");
    const document = JSON.parse(stored.json) as DocJson;
    this.put(table, decoded.internalId, { stored, document }, null);
    return document;
  }

  savepoint<T>(fn: () => Promise<T>): Promise<T> {
    const enclosing = levels.getStore();
    const level = enclosing?.writer === this ? enclosing : this.level;
    const run = level.last.then(() => this.runSavepoint(fn));
    level.last = run.then(
      () => undefined,
      () => undefined,
    );
    return run;
  }

  private async runSavepoint<T>(fn: () => Promise<T>): Promise<T> {
    const name = `level_${this.depth++}`;
    const { catalog } = this;
    const written = this.writes.length;
    this.connection.exec(`SAVEPOINT ${name}`);
    try {
      return await levels.run(newLevel(this), fn);
    } catch (error) {
      this.connection.exec(`ROLLBACK TO ${name}`);
      this.catalog = catalog;
      this.writes.rollBackTo(written);
      throw error;
    } finally {
      this.connection.exec(`RELEASE ${name}`);
      this.depth--;
    }
  }

  /** Writes one state of a document over another; null is no document. */
  private put(
    table: TableInfo,
    internalId: Uint8Array,
    before: { stored: StoredDocument; document: JsonObject } | null,
    fields: JsonObject | null,
  ): void {
    const { connection } = this;
    const old: IndexedDocument | null = before && {
      row: before.stored.row,
      internalId,
      document: before.document,
    };
    let after: IndexedDocument | null = null;
    if (fields === null) {
      this.meter.write(table.name, before?.stored.size ?? 0);
      if (old !== null) connection.deleteDocument(old.row);
    } else {
      const { document, size } = canonicalDocument(fields, this.commitTs);
      const json = JSON.stringify(document);
      if (json === before?.stored.json) return;
      this.checkSchema(table, document);
      this.meter.write(table.name, size);
      if (old !== null) connection.updateDocument(old.row, json, size);
      const row = old?.row ?? connection.insertDocument(table, internalId, json, size);
      after = { row, internalId, document };
    }
    reindex(connection, table, old, after, (index, key) => this.writes.add(index.id, key));
  }

  private checkSchema(table: TableInfo, { _id, _creationTime, ...fields }: JsonObject): void {
    if (table.validator === null) return;
    const error = validationError(table.validator, fields, (id) =>
      this.tableOf(table.component, id),
    );
    if (error !== null) {
      throw new StoreError(
        "SchemaMismatch",
        `Failed to insert or update a document in table "${table.name}" because it does not match the schema: ${error}`,
      );
    }
  }

  private find(component: string, id: string, tableName: string | undefined, verb: string) {
    const decoded: DocumentId = decodeId(id);
    const table = this.tableOfNumber(component, decoded.tableNumber);
    if (table === null) throw new StoreError("NotFound", `Table for ID "${id}" not found`);
    if (tableName !== undefined && tableName !== table.name) {
      throw new StoreError(
        "InvalidId",
        `expected to be an Id<"${tableName}">, got Id<"${table.name}"> instead.`,
      );
    }
    const stored = this.read(table, decoded);
    if (stored === null) {
      throw new StoreError("NotFound", `${verb} on nonexistent document ID ${id}`);
    }
    return { table, decoded, stored };
  }

  private renumber(table: TableInfo, number: number): void {
    storeNumber(this.connection, table, number);
    this.catalog = this.catalog.with({ ...table, number });
    for (const nameOrNumber of [table.name, table.number, number]) {
      this.writes.add(MISSING_TABLES, Buffer.from(tableKey(table.component, nameOrNumber)));
    }
  }

  private newTable(component: string, name: string): TableInfo {
    checkTableName(name);
    const definition = this.setup.systemTables.get(name);
    const table = createTable(this.connection, component, name, definition, null);
    this.catalog = this.catalog.with(table);
    for (const nameOrNumber of [name, table.number]) {
      this.writes.add(MISSING_TABLES, Buffer.from(tableKey(component, nameOrNumber)));
    }
    return table;
  }
}

type SystemFields = { _id: string; _creationTime: number };

/** The fields with the system fields they must have; they may say them, but nothing else. */
function withSystemFields(fields: FieldsJson, system: SystemFields): FieldsJson {
  if (fields._id !== undefined && fields._id !== system._id) {
    throw new StoreError(
      "InvalidDocument",
      `Provided document ID "${system._id}" doesn't match '_id' field ${show(fields._id)}`,
    );
  }
  if (fields._creationTime !== undefined && fields._creationTime !== system._creationTime) {
    throw new StoreError(
      "InvalidDocument",
      `Provided creation time ${system._creationTime} doesn't match '_creationTime' field ${show(fields._creationTime)}`,
    );
  }
  return { ...fields, ...system };
}

function isUndefined(value: FieldsJson[string]): boolean {
  return kindOf(value) === "object" && "$undefined" in (value as JsonObject);
}

function checkTableName(name: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) {
    throw new StoreError(
      "InvalidQuery",
      `Invalid table name ${JSON.stringify(name)}: it must begin with a letter and consist of at most 64 letters, digits and underscores.`,
    );
  }
}
