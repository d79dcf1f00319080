/**
 * What the store promises to the engine above it. Documents and queries cross this boundary as
 * Convex JSON, exactly as the syscalls of convex/server carry them ($integer, $bytes, $float, …).
 *
 * - A component is named by its path; "" is the root app.
 * - Every transaction sees one state: the last commit when it began, plus its own writes.
 * - A range that was read, however it was found, is in `reads`; a key that was changed, before and
 *   after, is in the commit's write set. A result is stale only if the two meet (`overlaps`).
 */
import type { JSONValue } from "convex/values";
import type { VectorQueryJson } from "./vectors.ts";

/** A document as Convex JSON, with `_id` and `_creationTime`. */
export type DocJson = { _id: string; _creationTime: number; [field: string]: JSONValue };
/** The fields of a document that is to be written. */
export type FieldsJson = { [field: string]: JSONValue };

/** What `v.*.json` of convex/values gives. */
export type ValidatorJson =
  | { type: "any" | "null" | "number" | "bigint" | "commitTs" | "boolean" | "string" | "bytes" }
  | { type: "literal"; value: JSONValue }
  | { type: "id"; tableName: string }
  | { type: "array"; value: ValidatorJson }
  | { type: "record"; keys: ValidatorJson; values: FieldValidatorJson }
  | { type: "object"; value: { [field: string]: FieldValidatorJson } }
  | { type: "union"; value: ValidatorJson[] };
export type FieldValidatorJson = { fieldType: ValidatorJson; optional: boolean };

export type IndexJson = { indexDescriptor: string; fields: string[] };
export type SearchIndexJson = {
  indexDescriptor: string;
  searchField: string;
  filterFields: string[];
};
export type VectorIndexJson = {
  indexDescriptor: string;
  vectorField: string;
  dimensions: number;
  filterFields: string[];
};
export type TableJson = {
  tableName: string;
  indexes: IndexJson[];
  stagedDbIndexes?: IndexJson[];
  searchIndexes?: SearchIndexJson[];
  stagedSearchIndexes?: SearchIndexJson[];
  vectorIndexes?: VectorIndexJson[];
  stagedVectorIndexes?: VectorIndexJson[];
  /** Absent or null: any document fits. */
  documentType?: ValidatorJson | null;
  stagedDocumentType?: ValidatorJson | null;
};
/** `JSON.parse(schema.export())`. */
export type SchemaJson = { tables: TableJson[]; schemaValidation: boolean };
export type ComponentSchema = { path: string; schema: SchemaJson | null };

export type RangeExpressionJson = {
  type: "Eq" | "Gt" | "Gte" | "Lt" | "Lte";
  fieldPath: string;
  value: JSONValue;
};
export type SearchFilterJson =
  | { type: "Search"; fieldPath: string; value: string }
  | { type: "Eq"; fieldPath: string; value: JSONValue };
export type OrderJson = "asc" | "desc" | null;
export type QuerySourceJson =
  | { type: "FullTableScan"; tableName: string; order: OrderJson }
  | {
      type: "IndexRange";
      indexName: string;
      range: readonly RangeExpressionJson[];
      order: OrderJson;
    }
  | { type: "Search"; indexName: string; filters: readonly SearchFilterJson[] };
export type QueryOperatorJson = { filter: JSONValue } | { limit: number };
/** The `query` of the syscalls 1.0/queryStream and 1.0/queryPage. */
export type QueryJson = { source: QuerySourceJson; operators: readonly QueryOperatorJson[] };

export type PageRequest = {
  query: QueryJson;
  /** Absent or null: from the first row. */
  cursor?: string | null;
  endCursor?: string | null;
  pageSize: number;
  /** Rows looked at before filters. */
  maximumRowsRead?: number | null;
  maximumBytesRead?: number | null;
};
export type Page = {
  page: DocJson[];
  isDone: boolean;
  continueCursor: string;
  splitCursor: string | null;
  pageStatus: "SplitRecommended" | "SplitRequired" | null;
};
export interface DocStream {
  /** `value` is null when `done`. */
  next(): { value: DocJson | null; done: boolean };
}

/** Keys of one index from `lo` (included) to `hi` (left out). */
export type KeyRange = { lo: Uint8Array; hi: Uint8Array };
/** What a transaction depends on. Opaque to the engine: keep it and hand it to `overlaps`. */
export interface ReadSet {
  /** Ranges per index number. */
  readonly ranges: ReadonlyMap<number, readonly KeyRange[]>;
}
/** What a commit changed. Opaque to the engine. */
export interface WriteSet {
  /** Keys before and after, per index number. */
  readonly keys: ReadonlyMap<number, readonly Uint8Array[]>;
  /** The schema changed: every result is stale. */
  readonly everything: boolean;
}
export type Commit = { ts: bigint; writeSet: WriteSet };

/** Counted for one transaction; tables whose name starts with `_` are not counted. */
export type TransactionMetrics = {
  documentsRead: number;
  bytesRead: number;
  indexRanges: number;
  documentsWritten: number;
  bytesWritten: number;
};
/** The most that a transaction may do: same fields as its metrics. */
export type TransactionLimits = TransactionMetrics;

/** `code` says what kind of refusal it is; `message` is one sentence for the developer. */
export type StoreErrorCode =
  | "InvalidCursor" // a client may start again from the first page
  | "LimitExceeded"
  | "SchemaMismatch" // a document does not fit the schema
  | "InvalidDocument" // field names, size, nesting, system fields
  | "InvalidId"
  | "NotFound" // write to a document that is not there
  | "NoSuchIndex"
  | "InvalidQuery"
  | "DataFile" // the file cannot be opened
  | "Closed";

export interface ReadTransaction {
  /** The commit this transaction sees, ns. */
  readonly ts: bigint;
  /** Grows as things are read; take it when the function has ended. */
  readonly reads: ReadSet;
  readonly metrics: Readonly<TransactionMetrics>;

  /** Null if there is no such document in this component. Throws InvalidId on a malformed id. */
  get(component: string, id: string): DocJson | null;
  /** The id if it is one of `table`'s (whether or not the document exists), else null. */
  normalizeId(component: string, table: string, id: string): string | null;
  /** The table that the id belongs to by its number, or null. Never throws. */
  tableOf(component: string, id: string): string | null;
  /** Every table that exists, also of the system and of other components. Not recorded in `reads`. */
  tables(): { component: string; name: string; number: number }[];
  /** Lazy: `reads` grows only with what `next` handed out. */
  query(component: string, query: QueryJson): DocStream;
  queryPage(component: string, request: PageRequest): Page;
  count(component: string, table: string): number;
  /** Not recorded in `reads`, and not for functions that are: only actions search vectors. */
  vectorSearch(
    component: string,
    query: VectorQueryJson,
  ): Promise<{ _id: string; _score: number }[]>;
  /** Until the returned function is called, at most `budget` more may be done, if that is less. */
  lowerLimits(budget: Partial<TransactionLimits>): () => void;
  /** Gives the snapshot back. Of no effect on a write transaction, which `mutate` ends. */
  close(): void;
}

/** A read transaction on its own. */
export interface Snapshot extends ReadTransaction {
  /** Another one on the same commit, with reads and metrics of its own; also to be closed. */
  again(): Snapshot;
}

export interface WriteTransaction extends ReadTransaction {
  /** The timestamp that this transaction will commit at, ns. Also what db.vars.commitTs becomes. */
  readonly commitTs: bigint;
  /** When it began, ms: the frozen time of the mutation. */
  readonly now: number;

  /** The new id. An undeclared table is created, as Convex does. */
  insert(component: string, table: string, fields: FieldsJson): string;
  /**
   * Makes the number of an empty table, which is created if need be, the one that imported ids carry.
   * An empty table that has the number already gets another one.
   */
  importTable(component: string, table: string, number: number): void;
  /** Like insert, but `_id` and `_creationTime` stay as they are where they are given. */
  importDocument(component: string, table: string, fields: FieldsJson): string;
  /** Shallow merge; `{$undefined: null}` as a value removes the field. `table`, if given, must be the id's. */
  patch(component: string, id: string, fields: FieldsJson, table?: string): void;
  replace(component: string, id: string, fields: FieldsJson, table?: string): void;
  /** The document that was there. */
  remove(component: string, id: string, table?: string): DocJson;
  /**
   * Runs `fn`; its writes are undone if it throws, its reads stay. Savepoints nest, and those started
   * at once run one after the other. Writes that the caller makes itself meanwhile belong to the
   * savepoint that is open: hold them back until it has ended.
   */
  savepoint<T>(fn: () => Promise<T>): Promise<T>;
}

export type TransactionOptions = {
  /** Convex's documented limits unless said; false lifts them (engine's own work). */
  limits?: Partial<TransactionLimits> | false;
  /** Of a mutation: who waits here. Lanes take turns, so that nobody is kept waiting by one alone. */
  lane?: string;
};
export type MutationResult<T> = { result: T; ts: bigint; readSet: ReadSet; writeSet: WriteSet };

export type StoreOptions = {
  /** Path of the data file; created with its folder if absent. */
  file: string;
  /**
   * Tables of every component that are the engine's: `_storage` and `_scheduled_functions` (readable
   * through db.system) and private ones with a leading double underscore. They replace the built-in
   * definitions of the same name, and exist from the first write or deploySchema on.
   */
  systemTables?: TableJson[];
  /** Fills with random bytes (tests). */
  random?: (bytes: Uint8Array) => void;
  /** Unix time in ms (tests). */
  now?: () => number;
};

export interface Store {
  /** The last commit, ns. Never repeats or goes back, also across restarts. */
  latestTs(): bigint;
  /**
   * Makes the components' tables and indexes those of their schemas: creates and back-fills what is
   * new, drops indexes that are gone (documents of tables no longer declared stay), after checking
   * every existing document. Throws SchemaMismatch, naming table, id and reason, before any change.
   */
  deploySchema(components: ComponentSchema[]): Promise<void>;
  /** A view of the last commit. Close it. */
  snapshot(options?: TransactionOptions): Snapshot;
  /**
   * Runs `fn` alone on the latest state and commits, durable on disk when the promise resolves; rolls
   * back and rejects when `fn` throws. One that wrote nothing commits nothing: its ts is `latestTs()`.
   */
  mutate<T>(
    fn: (tx: WriteTransaction) => Promise<T> | T,
    options?: TransactionOptions,
  ): Promise<MutationResult<T>>;
  /**
   * To be awaited before a function and between its syscalls: gives timers, sockets and other lanes
   * a turn when they had none for a few ms, otherwise returns at once (undefined). The engine's own
   * work has a lane of its own.
   */
  breathe(lane?: string): Promise<void> | undefined;
  /** The same inside of `mutate`. */
  breatheWriting(): Promise<void> | undefined;
  /**
   * To be awaited before telling anybody outside what a snapshot showed: its commit may still be on
   * its way to the disk. Undefined if all commits are there. Rejects if the disk refused.
   */
  durable(): Promise<void> | undefined;
  /**
   * The same for what was read on a snapshot of `ts`, without waiting for commits that do not matter
   * to it: resolves to a commit on disk at which these reads give just what they gave. That is the
   * last one on disk if nothing has touched them since, else `ts` once it is there.
   */
  shownAt(ts: bigint, reads: readonly ReadSet[]): Promise<bigint>;
  readonly commits: {
    /** Commits after `ts`, oldest first, or "trimmed" if they are no longer all known. */
    since(ts: bigint): Iterable<Commit> | "trimmed";
    /** Called after each commit, in order. Returns the way to stop. */
    subscribe(listener: (commit: Commit) => void): () => void;
  };
  /** Waits for the running mutations, then closes the file. */
  close(): Promise<void>;
}
