/**
 * Tables and indexes as they are stored: read at start, added to by writes and deployments.
 *
 * Invariant: numbers are Convex's. Tables of functions count from 10001; system tables are below
 * 10000, with `_scheduled_functions` 539 and `_storage` 540 as in a real deployment.
 */
import { Catalog, indexInfo, tableInfo } from "./catalog.ts";
import type { IndexDefinition, IndexInfo, TableInfo } from "./catalog.ts";
import type { Connection } from "./connection.ts";
import type { TableJson, ValidatorJson } from "./types.ts";

const FIRST_USER_NUMBER = 10001;
const FIRST_PRIVATE_NUMBER = 600;
const SYSTEM_NUMBERS: { [table: string]: number } = { _scheduled_functions: 539, _storage: 540 };

/** What every component has besides its own tables; `StoreOptions.systemTables` adds to them. */
export const BUILT_IN_SYSTEM_TABLES: TableJson[] = [
  { tableName: "_scheduled_functions", indexes: [] },
  { tableName: "_storage", indexes: [] },
];

export function loadCatalog(connection: Connection): Catalog {
  const indexes = new Map<number, IndexInfo[]>();
  for (const row of connection.prepare("SELECT id, tbl, name, definition FROM indexes").iterate()) {
    const [id, table, name, definition] = row as unknown as [number, number, string, string];
    const list = indexes.get(table) ?? [];
    list.push(indexInfo(id, name, JSON.parse(definition) as IndexDefinition));
    indexes.set(table, list);
  }
  const tables = connection
    .prepare("SELECT id, component, name, number, validator FROM tables")
    .all() as unknown as [number, string, string, number, string | null][];
  return new Catalog(
    tables.map(([id, component, name, number, validator]) =>
      tableInfo(
        {
          id,
          component,
          name,
          number,
          validator: validator === null ? null : (JSON.parse(validator) as ValidatorJson),
        },
        indexes.get(id) ?? [],
      ),
    ),
  );
}

/** A new table with its built-in indexes and those of its definition, all empty. */
export function createTable(
  connection: Connection,
  component: string,
  name: string,
  definition: TableJson | undefined,
  validator: ValidatorJson | null,
): TableInfo {
  const number = nextNumber(connection, component, name);
  const { lastInsertRowid } = connection
    .prepare("INSERT INTO tables (component, name, number, validator) VALUES (?, ?, ?, ?)")
    .run(component, name, number, validator === null ? null : JSON.stringify(validator));
  const id = Number(lastInsertRowid);
  const indexes = [...indexDefinitions(definition)].map(([indexName, index]) =>
    createIndex(connection, id, indexName, index),
  );
  return tableInfo({ id, component, name, number, validator }, indexes);
}

/** An empty index. */
export function createIndex(
  connection: Connection,
  tableId: number,
  name: string,
  definition: IndexDefinition,
): IndexInfo {
  const { lastInsertRowid } = connection
    .prepare("INSERT INTO indexes (tbl, name, definition) VALUES (?, ?, ?)")
    .run(tableId, name, JSON.stringify(definition));
  const index = indexInfo(Number(lastInsertRowid), name, definition);
  if (index.kind === "search") connection.createTextTable(index.id);
  if (index.kind === "vector") connection.createVectorTable(index.id);
  return index;
}

/** Forgets an index; its keys are left to the caller. */
export function forgetIndex(connection: Connection, index: IndexInfo): void {
  connection.prepare("DELETE FROM indexes WHERE id = ?").run(index.id);
  if (index.kind === "search") connection.dropTextTable(index.id);
  if (index.kind === "vector") connection.dropVectorTable(index.id);
}

export function storeNumber(connection: Connection, table: TableInfo, number: number): void {
  connection.prepare("UPDATE tables SET number = ? WHERE id = ?").run(number, table.id);
}

export function storeValidator(
  connection: Connection,
  table: TableInfo,
  validator: ValidatorJson | null,
): void {
  connection
    .prepare("UPDATE tables SET validator = ? WHERE id = ?")
    .run(validator === null ? null : JSON.stringify(validator), table.id);
}

/**
 * Every index that a table should have, by name. Staged indexes are left out, since they cannot be
 * queried: they are built when the flag goes.
 */
export function indexDefinitions(table: TableJson | undefined): Map<string, IndexDefinition> {
  const definitions = new Map<string, IndexDefinition>([
    ["by_id", { kind: "id" }],
    ["by_creation_time", { kind: "fields", fields: ["_creationTime"] }],
  ]);
  for (const { indexDescriptor, fields } of table?.indexes ?? []) {
    const whole = fields.at(-1) === "_creationTime" ? fields : [...fields, "_creationTime"];
    definitions.set(indexDescriptor, { kind: "fields", fields: whole });
  }
  for (const { indexDescriptor, searchField, filterFields } of table?.searchIndexes ?? []) {
    definitions.set(indexDescriptor, { kind: "search", fields: filterFields, searchField });
  }
  for (const { indexDescriptor, vectorField, filterFields, dimensions } of table?.vectorIndexes ??
    []) {
    const definition = { fields: filterFields, searchField: vectorField, dimensions };
    definitions.set(indexDescriptor, { kind: "vector", ...definition });
  }
  return definitions;
}

/** One that no table of the component has had. */
export function nextNumber(connection: Connection, component: string, name: string): number {
  const reserved = SYSTEM_NUMBERS[name];
  if (reserved !== undefined) return reserved;
  const [first, end] = name.startsWith("_")
    ? [FIRST_PRIVATE_NUMBER, FIRST_USER_NUMBER - 1]
    : [FIRST_USER_NUMBER, 2 ** 32];
  const [highest] = connection
    .prepare("SELECT max(number) FROM tables WHERE component = ? AND number >= ? AND number < ?")
    .get(component, first, end) as unknown as [number | null];
  return highest === null ? first : highest + 1;
}
