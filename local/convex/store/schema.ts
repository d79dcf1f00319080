/**
 * Makes the stored tables and indexes those of the schemas.
 *
 * Invariants
 * - All in one transaction of the writer: done whole or not at all.
 * - Existing documents are checked before anything is written, and only those of tables whose
 *   validator changed.
 * - Documents are never removed: a table that is no longer declared keeps them, without validator
 *   and indexes of its own.
 * - The event loop gets turns throughout.
 */
import { StoreError } from "./errors.ts";
import { encodeId, tryDecodeId } from "./ids.ts";
import { addToIndex } from "./indexing.ts";
import {
  createIndex,
  createTable,
  forgetIndex,
  indexDefinitions,
  storeValidator,
} from "./tables.ts";
import { breathe } from "./turns.ts";
import { validationError } from "./validators.ts";
import { type Catalog, tableInfo, tableKey } from "./catalog.ts";
import type { IndexDefinition, IndexInfo, TableInfo } from "./catalog.ts";
import type { Connection } from "./connection.ts";
import type { ComponentSchema, TableJson, ValidatorJson } from "./types.ts";
import type { JsonObject } from "./values.ts";

const CHUNK = 500;

type Wanted = {
  component: string;
  name: string;
  definition: TableJson | undefined;
  validator: ValidatorJson | null;
};

/**
 * The catalog after the deployment, or the given one if there was nothing to do. Runs inside the
 * writer's transaction, which the caller commits. Throws SchemaMismatch.
 */
export async function deploySchemas(
  connection: Connection,
  catalog: Catalog,
  components: readonly ComponentSchema[],
  systemTables: ReadonlyMap<string, TableJson>,
): Promise<Catalog> {
  const wanted = wantedTables(catalog, components, systemTables);
  for (const { component, name, validator } of wanted) {
    const table = catalog.table(component, name);
    if (table !== null && validator !== null && !same(table.validator, validator)) {
      await checkDocuments(connection, catalog, table, validator);
    }
  }
  let changed = catalog;
  for (const { component, name, definition, validator } of wanted) {
    const table = changed.table(component, name);
    if (table === null) {
      changed = changed.with(createTable(connection, component, name, definition, validator));
      continue;
    }
    const indexes = await alignIndexes(connection, table, indexDefinitions(definition));
    if (!same(table.validator, validator)) storeValidator(connection, table, validator);
    else if (indexes === null) continue;
    const { id, number } = table;
    changed = changed.with(
      tableInfo({ id, component, name, number, validator }, indexes ?? [...table.indexes.values()]),
    );
  }
  return changed;
}

/** Every table that is declared or that exists in the given components, as it should be. */
function wantedTables(
  catalog: Catalog,
  components: readonly ComponentSchema[],
  systemTables: ReadonlyMap<string, TableJson>,
): Wanted[] {
  const wanted = new Map<string, Wanted>();
  const want = (component: string, name: string, definition?: TableJson, validate = false) =>
    wanted.set(tableKey(component, name), {
      component,
      name,
      definition,
      validator: (validate ? definition?.documentType : null) ?? null,
    });
  const paths = new Set(components.map(({ path }) => path));
  for (const { component, name } of catalog.tables())
    if (paths.has(component)) want(component, name);
  for (const { path, schema } of components) {
    for (const definition of schema?.tables ?? []) {
      want(path, definition.tableName, definition, schema?.schemaValidation ?? false);
    }
    for (const definition of systemTables.values()) want(path, definition.tableName, definition);
  }
  return [...wanted.values()];
}

async function checkDocuments(
  connection: Connection,
  catalog: Catalog,
  table: TableInfo,
  validator: ValidatorJson,
): Promise<void> {
  const tableOfId = tableLookup(catalog, table.component);
  for await (const { internalId, document } of documentsOf(connection, table)) {
    const { _id, _creationTime, ...fields } = document;
    const error = validationError(validator, fields, tableOfId);
    if (error !== null) {
      const id = encodeId({ tableNumber: table.number, internalId });
      throw new StoreError(
        "SchemaMismatch",
        `Document with ID "${id}" in table "${table.name}" does not match the schema: ${error}`,
      );
    }
  }
}

/** The table's indexes after building and dropping what differs, or null if nothing did. */
async function alignIndexes(
  connection: Connection,
  table: TableInfo,
  definitions: ReadonlyMap<string, IndexDefinition>,
): Promise<IndexInfo[] | null> {
  const kept: IndexInfo[] = [];
  const dropped: IndexInfo[] = [];
  for (const index of table.indexes.values()) {
    (same(definitionOf(index), definitions.get(index.name)) ? kept : dropped).push(index);
  }
  for (const index of dropped) {
    forgetIndex(connection, index);
    while (connection.deleteSomeKeys(index.id, CHUNK)) await breathe();
  }
  const known = new Set(kept.map(({ name }) => name));
  const added = [...definitions]
    .filter(([name]) => !known.has(name))
    .map(([name, definition]) => createIndex(connection, table.id, name, definition));
  if (added.length > 0) {
    for await (const document of documentsOf(connection, table)) {
      for (const index of added) addToIndex(connection, index, document);
    }
  }
  return dropped.length + added.length === 0 ? null : [...kept, ...added];
}

/** All documents of a table, in the order of their ids, with turns for the event loop between. */
async function* documentsOf(connection: Connection, table: TableInfo) {
  let after: Uint8Array = new Uint8Array();
  for (;;) {
    const rows = connection
      .prepare("SELECT row, id, val FROM docs WHERE tbl = ? AND id > ? ORDER BY id LIMIT ?")
      .all(table.id, after, CHUNK) as unknown as [number, Uint8Array, string][];
    for (const [row, internalId, json] of rows) {
      yield { row, internalId, document: JSON.parse(json) as JsonObject };
      after = internalId;
      await breathe();
    }
    if (rows.length < CHUNK) return;
  }
}

function tableLookup(catalog: Catalog, component: string) {
  return (id: string) => {
    const decoded = tryDecodeId(id);
    return decoded && (catalog.tableOfNumber(component, decoded.tableNumber)?.name ?? null);
  };
}

function definitionOf({ kind, fields, searchField, dimensions }: IndexInfo): IndexDefinition {
  if (kind === "id") return { kind };
  if (kind === "fields") return { kind, fields: [...fields] };
  const search = { fields: [...fields], searchField: searchField ?? "" };
  return kind === "search" ? { kind, ...search } : { kind, ...search, dimensions: dimensions ?? 0 };
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
