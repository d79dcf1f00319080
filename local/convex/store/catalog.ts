/**
 * The tables and indexes that exist, as one transaction sees them.
 *
 * Invariants
 * - A catalog never changes: a change makes a new one, so a snapshot keeps the catalog of its commit
 *   and a rolled-back savepoint takes its old one back.
 * - A table has a number within its component (it is in the ids), and an id within the file.
 * - Numbers of tables and indexes are never given twice.
 */
import type { ValidatorJson } from "./types.ts";

export type IndexInfo = {
  readonly id: number;
  readonly name: string;
  /**
   * id: the documents themselves, by internal id. fields: rows of `idx`, by the fields, then the
   * internal id. search: a full-text table; its keys in read and write sets are the filter fields.
   * vector: a table of vectors; only actions read it, so it is in no read or write set.
   */
  readonly kind: "id" | "fields" | "search" | "vector";
  /** For `fields` the last one is _creationTime. */
  readonly fields: readonly string[];
  readonly paths: readonly (readonly string[])[];
  /** Where the text or the vector is. */
  readonly searchField: string | null;
  readonly searchPath: readonly string[];
  readonly dimensions: number | null;
};

export type TableInfo = {
  readonly id: number;
  readonly component: string;
  readonly name: string;
  readonly number: number;
  /** Every index, also by_id and by_creation_time, by its name. */
  readonly indexes: ReadonlyMap<string, IndexInfo>;
  readonly byId: IndexInfo;
  readonly byCreationTime: IndexInfo;
  /** What a document must fit; null for anything. */
  readonly validator: ValidatorJson | null;
};

/** How an index is described where it is declared and where it is stored. */
export type IndexDefinition =
  | { kind: "id" }
  | { kind: "fields"; fields: string[] }
  | { kind: "search"; fields: string[]; searchField: string }
  | { kind: "vector"; fields: string[]; searchField: string; dimensions: number };

export function indexInfo(id: number, name: string, definition: IndexDefinition): IndexInfo {
  const fields = definition.kind === "id" ? [] : definition.fields;
  const searchField = "searchField" in definition ? definition.searchField : null;
  return {
    id,
    name,
    kind: definition.kind,
    fields,
    paths: fields.map((field) => field.split(".")),
    searchField,
    searchPath: searchField?.split(".") ?? [],
    dimensions: definition.kind === "vector" ? definition.dimensions : null,
  };
}

export function tableInfo(
  table: Pick<TableInfo, "id" | "component" | "name" | "number" | "validator">,
  indexes: readonly IndexInfo[],
): TableInfo {
  const byName = new Map(indexes.map((index) => [index.name, index]));
  const byId = byName.get("by_id");
  const byCreationTime = byName.get("by_creation_time");
  if (byId === undefined || byCreationTime === undefined) {
    throw new Error(`Table ${table.name} lacks its built-in indexes.`);
  }
  return { ...table, indexes: byName, byId, byCreationTime };
}

export class Catalog {
  private readonly byName: ReadonlyMap<string, TableInfo>;
  private readonly byNumber: ReadonlyMap<string, TableInfo>;

  constructor(tables: Iterable<TableInfo>) {
    const all = [...tables];
    this.byName = new Map(all.map((table) => [tableKey(table.component, table.name), table]));
    this.byNumber = new Map(all.map((table) => [tableKey(table.component, table.number), table]));
  }

  table(component: string, name: string): TableInfo | null {
    return this.byName.get(tableKey(component, name)) ?? null;
  }

  tableOfNumber(component: string, number: number): TableInfo | null {
    return this.byNumber.get(tableKey(component, number)) ?? null;
  }

  tables(): Iterable<TableInfo> {
    return this.byName.values();
  }

  /** With a table added, or replaced by a new state of it. */
  with(table: TableInfo): Catalog {
    const others = [...this.byName.values()].filter(({ id }) => id !== table.id);
    return new Catalog([...others, table]);
  }
}

/** Names a table that may not exist yet, by name or number; also as a key in read and write sets. */
export function tableKey(component: string, nameOrNumber: string | number): string {
  return `${component}\0${typeof nameOrNumber === "number" ? "#" : ""}${nameOrNumber}`;
}
