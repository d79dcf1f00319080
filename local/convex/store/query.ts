/** Queries as the syscalls describe them: a source of rows, then filters and limits in turn. */
import { StoreError } from "./errors.ts";
import { compileFilter } from "./filters.ts";
import { afterPrefix, MIN_KEY } from "./keys.ts";
import { compileRange } from "./ranges.ts";
import { IndexScan, NoRows, SearchResults, WHOLE } from "./sources.ts";
import type { IndexInfo, TableInfo } from "./catalog.ts";
import type { Caps, ReadContext, RowSource, Window } from "./sources.ts";
import type { DocJson, DocStream, QueryJson, QueryOperatorJson } from "./types.ts";

const MAX_OPERATORS = 256;

export function openStream(context: ReadContext, component: string, query: QueryJson): DocStream {
  const source = openSource(context, component, query, WHOLE, {
    expected: rowsWanted(query.operators),
    caps: null,
  });
  const rows = pipeline(source, query.operators);
  return {
    next() {
      const { value, done } = rows.next();
      return done ? { value: null, done: true } : { value, done: false };
    },
  };
}

/** The rows of the source that pass the operators. */
export function pipeline(
  source: RowSource,
  operators: readonly QueryOperatorJson[],
): Iterator<DocJson, undefined> {
  if (operators.length > MAX_OPERATORS) {
    throw new StoreError(
      "InvalidQuery",
      `A query can have at most ${MAX_OPERATORS} filters and limits.`,
    );
  }
  let rows = rowsOf(source);
  for (const operator of operators) {
    rows =
      "limit" in operator
        ? limited(rows, operator.limit)
        : filtered(rows, compileFilter(operator.filter));
  }
  return rows;
}

function* rowsOf(source: RowSource): Generator<DocJson, undefined> {
  for (let row = source.next(); row !== null; row = source.next()) yield row;
}

function* filtered(
  rows: Generator<DocJson, undefined>,
  passes: (document: DocJson) => boolean,
): Generator<DocJson, undefined> {
  for (const row of rows) if (passes(row)) yield row;
}

/** Does not ask for the row after the last one. */
function* limited(
  rows: Generator<DocJson, undefined>,
  limit: number,
): Generator<DocJson, undefined> {
  for (let given = 0; given < limit; given++) {
    const { value, done } = rows.next();
    if (done) return;
    yield value;
  }
}

/** Throws InvalidQuery or NoSuchIndex if the query does not fit the schema. */
export function openSource(
  context: ReadContext,
  component: string,
  { source }: QueryJson,
  window: Window,
  options: { expected: number | null; caps: Caps | null },
): RowSource {
  const [tableName, indexName] =
    source.type === "FullTableScan"
      ? [source.tableName, "by_creation_time"]
      : (source.indexName.split(".") as [string, string]);
  const table = context.catalog.table(component, tableName);
  if (table === null) {
    context.reads.missingTable(component, tableName);
    return new NoRows();
  }
  const index = table.indexes.get(indexName);
  if (index === undefined) throw noSuchIndex(tableName, indexName);
  if (source.type === "Search") {
    if (index.kind !== "search") throw noSuchIndex(tableName, indexName);
    return new SearchResults(context, table, index, source.filters, window);
  }
  if (index.kind === "search" || index.kind === "vector") {
    const how = index.kind === "search" ? "withSearchIndex" : "ctx.vectorSearch in an action";
    throw new StoreError(
      "InvalidQuery",
      `Index ${tableName}.${indexName} is a ${index.kind} index: use ${how}.`,
    );
  }
  const range =
    source.type === "IndexRange"
      ? compileRange(table, index, source.range)
      : { lo: MIN_KEY, hi: afterPrefix(MIN_KEY) };
  return new IndexScan(context, table, index, range, source.order ?? "asc", window, options);
}

/** The index a query walks, for what must not be mixed up between queries. */
export function indexOf(
  context: ReadContext,
  component: string,
  { source }: QueryJson,
): IndexInfo | null {
  const [tableName = "", indexName = "by_creation_time"] =
    source.type === "FullTableScan" ? [source.tableName] : source.indexName.split(".");
  const table: TableInfo | null = context.catalog.table(component, tableName);
  return table?.indexes.get(indexName) ?? null;
}

/** How many rows the source will be asked for at most: known when limits come before any filter. */
function rowsWanted(operators: readonly QueryOperatorJson[]): number | null {
  let wanted = Infinity;
  for (const operator of operators) {
    if (!("limit" in operator)) break;
    wanted = Math.min(wanted, operator.limit);
  }
  return wanted === Infinity ? null : wanted;
}

function noSuchIndex(table: string, index: string): StoreError {
  return new StoreError("NoSuchIndex", `Index ${table}.${index} not found.`);
}
