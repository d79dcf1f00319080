import type {
  NamedTableInfo,
  QueryInitializer,
  WithOptionalSystemFields,
  WithoutSystemFields,
} from "convex/server";
import type { DataModel, Doc, Id, TableNames } from "../_generated/dataModel";
import type { DatabaseReader, DatabaseWriter } from "../_generated/server";
import { SecuredQuery } from "./securedQuery";
import type { Operation } from "./securityLog";

/**
 * Row-level security: a database in which only the rows exist that a rule lets pass.
 *  - A table that the rule does not open is refused, and with it every call without a
 *    table's name: an id opens nothing.
 *  - Reads leave out the rows that do not pass; insert, patch, replace and delete refuse them.
 *  - A change is judged by the row as it is and as it would become: no row changes hands.
 *  - Rows of a table that the rule keeps are never changed or deleted.
 *  - Nothing else of Convex's database is here, so no `system` either.
 */
export interface SecuredReader<Open extends TableNames = TableNames> {
  /** `purpose` is what a denied access is recorded as. */
  get<Table extends Open>(
    table: Table,
    id: Id<NoInfer<Table>>,
    purpose?: Operation,
  ): Promise<Doc<Table> | null>;
  normalizeId<Table extends Open>(table: Table, id: string): Id<Table> | null;
  query<Table extends Open>(table: Table): QueryInitializer<NamedTableInfo<DataModel, Table>>;
}

export interface SecuredWriter<Open extends TableNames = TableNames> extends SecuredReader<Open> {
  insert<Table extends Open>(
    table: Table,
    value: WithoutSystemFields<Doc<Table>>,
  ): Promise<Id<Table>>;
  patch<Table extends Open>(
    table: Table,
    id: Id<NoInfer<Table>>,
    value: Partial<Doc<Table>>,
  ): Promise<void>;
  replace<Table extends Open>(
    table: Table,
    id: Id<NoInfer<Table>>,
    value: WithOptionalSystemFields<Doc<Table>>,
  ): Promise<void>;
  delete<Table extends Open>(table: Table, id: Id<NoInfer<Table>>): Promise<void>;
}

/** A row as a rule sees it: as it is, or as a write would leave it. */
export type RuledRow = { readonly _id?: string; readonly tenantId?: unknown };

/** What passes. It is asked about every row, so it answers at once and from the row alone. */
export type RowRule = {
  readonly opens: (table: string) => boolean;
  readonly owns: (row: RuledRow) => boolean;
  /** Tables whose rows stay as they were written. */
  readonly keeps: (table: TableNames) => boolean;
  /** Called with each row that did not pass, and how it was reached for. */
  readonly onDenied?: (operation: Operation, table: TableNames, row: RuledRow) => void;
};

export function securedReader(db: DatabaseReader, rule: RowRule): SecuredReader {
  return {
    async get(table, id, purpose = "get") {
      const row = await db.get(opened(rule, table), id);
      return row !== null && passes(rule, purpose, table, row) ? row : null;
    },
    normalizeId: (table, id) => db.normalizeId(opened(rule, table), id),
    query: (table) => {
      const start = () => db.query(opened(rule, table));
      return new SecuredQuery(start(), start, {
        owns: rule.owns,
        onDenied: (row) => rule.onDenied?.("query", table, row),
      });
    },
  };
}

export function securedWriter(db: DatabaseWriter, rule: RowRule): SecuredWriter {
  return {
    ...securedReader(db, rule),
    async insert(table, value) {
      requirePass(rule, "insert", opened(rule, table), value);
      return await db.insert(table, value);
    },
    async patch(table, id, value) {
      requireChangeable(rule, table);
      const row = await requireRow(db, rule, "patch", table, id);
      requirePass(rule, "patch", table, { ...row, ...value });
      await db.patch(table, id, value);
    },
    async replace(table, id, value) {
      requireChangeable(rule, table);
      const { _id } = await requireRow(db, rule, "replace", table, id);
      requirePass(rule, "replace", table, { ...value, _id });
      await db.replace(table, id, value);
    },
    async delete(table, id) {
      requireChangeable(rule, table);
      await requireRow(db, rule, "delete", table, id);
      await db.delete(table, id);
    },
  };
}

function opened<Table extends TableNames>(rule: RowRule, table: Table): Table {
  if (rule.opens(table)) return table;
  throw new Error(`"${String(table)}" is not open here; name the table first, then the id.`);
}

function passes(rule: RowRule, operation: Operation, table: TableNames, row: RuledRow): boolean {
  const own = rule.owns(row);
  if (!own) rule.onDenied?.(operation, table, row);
  return own;
}

function requirePass(...[rule, operation, table, row]: Parameters<typeof passes>): void {
  if (!passes(rule, operation, table, row)) throw noRow(table);
}

async function requireRow<Table extends TableNames>(
  db: DatabaseReader,
  rule: RowRule,
  operation: Operation,
  table: Table,
  id: Id<Table>,
): Promise<Doc<Table>> {
  const row = await db.get(opened(rule, table), id);
  if (row === null) throw noRow(table);
  requirePass(rule, operation, table, row);
  return row;
}

/** Throws when rows of the table stay as they were written. */
function requireChangeable(rule: RowRule, table: TableNames): void {
  if (rule.keeps(opened(rule, table)))
    throw new Error(`Rows of "${table}" are never changed or deleted.`);
}

/** One answer for a row that is not there and for one that does not pass. */
function noRow(table: TableNames): Error {
  return new Error(`There is no such row in "${table}" here.`);
}
