/** Reading at one commit: `get`, queries and pages over one connection that holds one snapshot. */
import { StoreError } from "./errors.ts";
import { decodeId, encodeId, tryDecodeId, type DocumentId } from "./ids.ts";
import { MAX_KEY, MIN_KEY } from "./keys.ts";
import { Meter } from "./limits.ts";
import { readPage } from "./pages.ts";
import { openStream } from "./query.ts";
import { ReadRecorder } from "./readset.ts";
import { nearest, type VectorQueryJson } from "./vectors.ts";
import type { Catalog, TableInfo } from "./catalog.ts";
import type { Connection, StoredDocument } from "./connection.ts";
import type { ReadContext } from "./sources.ts";
import type {
  DocJson,
  DocStream,
  Page,
  PageRequest,
  QueryJson,
  ReadTransaction,
  TransactionLimits,
  TransactionMetrics,
  TransactionOptions,
} from "./types.ts";

export class Reader implements ReadTransaction, ReadContext {
  readonly ts: bigint;
  readonly reads = new ReadRecorder();
  readonly meter: Meter;
  catalog: Catalog;
  private readonly source: Connection;
  private open = true;

  constructor(
    connection: Connection,
    catalog: Catalog,
    ts: bigint,
    options: TransactionOptions | undefined,
  ) {
    this.source = connection;
    this.catalog = catalog;
    this.ts = ts;
    this.meter = new Meter(options);
  }

  get metrics(): Readonly<TransactionMetrics> {
    return this.meter.metrics;
  }

  /** Also the guard of every access: a transaction that has ended has no connection. */
  get connection(): Connection {
    if (!this.open) {
      throw new StoreError("Closed", "This transaction has ended and can no longer be used.");
    }
    return this.source;
  }

  get(component: string, id: string): DocJson | null {
    const decoded = decodeId(id);
    const table = this.tableOfNumber(component, decoded.tableNumber);
    const found = table === null ? null : this.read(table, decoded);
    return found === null ? null : (JSON.parse(found.json) as DocJson);
  }

  normalizeId(component: string, tableName: string, id: string): string | null {
    const decoded = tryDecodeId(id);
    const table = this.catalog.table(component, tableName);
    return decoded !== null && decoded.tableNumber === table?.number ? encodeId(decoded) : null;
  }

  tableOf(component: string, id: string): string | null {
    const decoded = tryDecodeId(id);
    if (decoded === null) return null;
    return this.catalog.tableOfNumber(component, decoded.tableNumber)?.name ?? null;
  }

  tables(): { component: string; name: string; number: number }[] {
    return [...this.catalog.tables()].map(({ component, name, number }) => ({
      component,
      name,
      number,
    }));
  }

  query(component: string, query: QueryJson): DocStream {
    return openStream(this, component, query);
  }

  queryPage(component: string, request: PageRequest): Page {
    return readPage(this, component, request);
  }

  count(component: string, tableName: string): number {
    const table = this.catalog.table(component, tableName);
    if (table === null) {
      this.reads.missingTable(component, tableName);
      return 0;
    }
    this.meter.range(tableName, table.byId.id, MIN_KEY, MAX_KEY);
    this.reads.range(table.byId.id, MIN_KEY, MAX_KEY);
    return this.connection.count(table);
  }

  lowerLimits(budget: Partial<TransactionLimits>): () => void {
    return this.meter.lower(budget);
  }

  async vectorSearch(
    component: string,
    query: VectorQueryJson,
  ): Promise<{ _id: string; _score: number }[]> {
    const [tableName = "", indexName = ""] = query.indexName.split(".");
    const table = this.catalog.table(component, tableName);
    const index = table?.indexes.get(indexName);
    if (table === null || index?.kind !== "vector") {
      throw new StoreError("NoSuchIndex", `Index ${query.indexName} not found.`);
    }
    const matches = await nearest(this.connection, index, query);
    return matches.map(({ internalId, score }) => ({
      _id: encodeId({ tableNumber: table.number, internalId }),
      _score: score,
    }));
  }

  close(): void {
    this.open = false;
  }

  protected tableOfNumber(component: string, number: number): TableInfo | null {
    const table = this.catalog.tableOfNumber(component, number);
    if (table === null) this.reads.missingTable(component, number);
    return table;
  }

  /** Reads one document by id, recorded and charged. */
  protected read(table: TableInfo, { internalId }: DocumentId): StoredDocument | null {
    this.meter.range(table.name, table.byId.id, internalId, internalId);
    this.reads.point(table.byId.id, internalId);
    const found = this.connection.document(table, internalId);
    if (found !== null) this.meter.read(table.name, found.size);
    return found;
  }
}
