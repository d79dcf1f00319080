import type {
  IndexRange,
  IndexRangeBuilder,
  NamedIndex,
  NamedTableInfo,
  OrderedQuery,
  Query,
  SearchFilter,
  WithoutSystemFields,
} from "convex/server";
import { sunupError } from "../../lib/errors";
import type { DataModel, Doc, Id } from "../_generated/dataModel";
import { referencesIn } from "./references";
import type { SecuredReader, SecuredWriter } from "./rowSecurity";
import type { TenantScope } from "./rules";
import { type Operation, recordDenied } from "./securityLog";
import {
  isAppendOnly,
  isTenantTable,
  isWalled,
  leadsWithTenantId,
  type ScopedIndexNames,
  type ScopedSearchIndexNames,
  scopedSearchField,
  type SearchFilters,
  type TenantTable,
} from "./tables";

/**
 * The first wall: the only database that a tenant's function gets.
 *  - Every query starts from an index that leads with tenantId, every search from one that
 *    filters by it, and that field is bound here: a caller can neither forget nor choose it.
 *  - Rows are named by table and id; the form without a table, `db.system` and storage
 *    ids do not exist here.
 *  - Inserts are stamped with the tenant, and tenantId never changes.
 *  - Every id inside what is written names a row of the same tenant: no row may refer
 *    across tenants.
 *  - Rows of append-only tables never change; those of walled tables are only read here.
 *  - An unknown id and another tenant's id are answered alike; the second is recorded.
 */
export interface ScopedReader {
  readonly tenantId: Id<"tenants">;
  /** The row, or null when the tenant has no such row. */
  get<Table extends TenantTable>(table: Table, id: Id<NoInfer<Table>>): Promise<Doc<Table> | null>;
  /** The row. Throws NOT_FOUND when the tenant has no such row. */
  getX<Table extends TenantTable>(table: Table, id: Id<NoInfer<Table>>): Promise<Doc<Table>>;
  /** The row by a text from outside, such as an address. Throws NOT_FOUND, also when it is no id at all. */
  getByTextX<Table extends TenantTable>(table: Table, text: string): Promise<Doc<Table>>;
  /** The id, when this text is an id of that table in form; says nothing about whose row it is. */
  normalizeId<Table extends TenantTable>(table: Table, id: string): Id<Table> | null;
  query<Table extends TenantTable>(table: Table): ScopedQuery<Table>;
  /**
   * Rows in whose text of the index the words are found, best first; the last word may be the
   * beginning of one. `where` narrows by fields of the index. No words find nothing.
   */
  search<Table extends TenantTable, Index extends ScopedSearchIndexNames<NoInfer<Table>>>(
    table: Table,
    index: Index,
    words: string,
    where?: SearchFilters<Table, Index>,
  ): OrderedQuery<Info<Table>>;
}

export interface ScopedWriter extends ScopedReader {
  /** Throws NOT_FOUND when `value` refers to a row that the tenant does not have. */
  insert<Table extends TenantTable>(table: Table, value: NewRow<Table>): Promise<Id<Table>>;
  /** Throws NOT_FOUND when the tenant has no such row, or none that `value` refers to. */
  patch<Table extends TenantTable>(
    table: Table,
    id: Id<NoInfer<Table>>,
    value: Partial<NewRow<Table>>,
  ): Promise<void>;
  /** Throws NOT_FOUND when the tenant has no such row, or none that `value` refers to. */
  replace<Table extends TenantTable>(
    table: Table,
    id: Id<NoInfer<Table>>,
    value: NewRow<Table>,
  ): Promise<void>;
  /** Throws NOT_FOUND when the tenant has no such row. */
  delete<Table extends TenantTable>(table: Table, id: Id<NoInfer<Table>>): Promise<void>;
}

/** A row as a tenant's function writes it: without what the wall and Convex stamp. */
export type NewRow<Table extends TenantTable> = Omit<WithoutSystemFields<Doc<Table>>, "tenantId">;

type Info<Table extends TenantTable> = NamedTableInfo<DataModel, Table>;

/** The range behind the bound tenantId: it starts at the index's second field. */
type RangeBehindTenant<Table extends TenantTable, Index extends ScopedIndexNames<Table>> = (
  q: IndexRangeBuilder<Doc<Table>, NamedIndex<Info<Table>, Index>, 1>,
) => IndexRange;

export interface ScopedQuery<Table extends TenantTable> {
  withIndex<Index extends ScopedIndexNames<Table>>(
    index: Index,
    range?: RangeBehindTenant<Table, Index>,
  ): Query<Info<Table>>;
}

/** Wraps a reader for one tenant. `db` is the second wall (rules.ts), never the raw database. */
export function scopedReader(db: SecuredReader<TenantTable>, scope: TenantScope): ScopedReader {
  return {
    tenantId: scope.tenantId,
    get: (table, id) => getOwn(db, scope, "get", table, id),
    getX: (table, id) => getOwnX(db, scope, "get", table, id),
    getByTextX: (table, text) => getOwnX(db, scope, "get", table, text as Id<typeof table>),
    normalizeId: (table, id) => db.normalizeId(tenantTable(table), id),
    query: (table) => ({
      withIndex(index, range) {
        const name = scopedIndex(tenantTable(table), index);
        // The builder's types cannot follow a generic table; the checks above hold the rule.
        const query = db.query(table) as unknown as UntypedQuery;
        return query.withIndex(name, (q) => {
          const behind = q.eq("tenantId", scope.tenantId);
          return range ? range(behind as never) : behind;
        }) as Query<Info<typeof table>>;
      },
    }),
    search(table, index, words, where = {}) {
      const field = scopedSearchField(tenantTable(table), index);
      if (field === null) {
        throw new Error(
          `The index "${index}" of "${table}" is no search that filters by tenantId.`,
        );
      }
      const filters = Object.entries(withoutTenantId(where));
      const query = db.query(table) as unknown as UntypedQuery;
      return query.withSearchIndex(index, (q) => {
        const found = q.search(field, words).eq("tenantId", scope.tenantId);
        return filters.reduce((narrower, [name, value]) => narrower.eq(name, value), found);
      }) as OrderedQuery<Info<typeof table>>;
    },
  };
}

/** Wraps a writer for one tenant. `db` is the second wall (rules.ts), never the raw database. */
export function scopedWriter(db: SecuredWriter<TenantTable>, scope: TenantScope): ScopedWriter {
  return {
    ...scopedReader(db, scope),
    async insert(table, value) {
      const row = { ...withoutTenantId(value), tenantId: scope.tenantId };
      requireWritable(tenantTable(table));
      await requireOwnReferences(db, scope, "insert", table, value);
      return await db.insert(table, row as never);
    },
    async patch(table, id, value) {
      const { _id } = await getOwnX(db, scope, "patch", table, id);
      const change = withoutTenantId(value);
      requireChangeable(table);
      await requireOwnReferences(db, scope, "patch", table, change);
      await db.patch(table, _id as typeof id, change as never);
    },
    async replace(table, id, value) {
      const { _id } = await getOwnX(db, scope, "replace", table, id);
      const row = { ...withoutTenantId(value), tenantId: scope.tenantId };
      requireChangeable(table);
      await requireOwnReferences(db, scope, "replace", table, value);
      await db.replace(table, _id as typeof id, row as never);
    },
    async delete(table, id) {
      const { _id } = await getOwnX(db, scope, "delete", table, id);
      requireChangeable(table);
      await db.delete(table, _id as typeof id);
    },
  };
}

interface UntypedQuery {
  withIndex(
    index: string,
    range: (q: { eq(field: "tenantId", value: Id<"tenants">): IndexRange }) => IndexRange,
  ): unknown;
  withSearchIndex(
    index: string,
    search: (q: { search(field: string, words: string): UntypedSearch }) => SearchFilter,
  ): unknown;
}

interface UntypedSearch extends SearchFilter {
  eq(field: string, value: unknown): UntypedSearch;
}

async function getOwn<Table extends TenantTable>(
  db: SecuredReader<TenantTable>,
  scope: TenantScope,
  operation: Operation,
  table: Table,
  id: Id<Table>,
): Promise<Doc<Table> | null> {
  const rowId = typeof id === "string" ? db.normalizeId(tenantTable(table), id) : null;
  if (rowId === null) return null;
  const row = (await db.get(table, rowId, operation)) as Doc<Table> | null;
  if (row === null || row.tenantId === scope.tenantId) return row;
  recordDenied(scope, operation, table, row);
  return null;
}

async function getOwnX<Table extends TenantTable>(
  ...[db, scope, operation, table, id]: Parameters<typeof getOwn<Table>>
): Promise<Doc<Table>> {
  const row = await getOwn(db, scope, operation, table, id);
  if (row === null) throw sunupError("NOT_FOUND");
  return row;
}

/**
 * Refuses ids of rows that the tenant does not have; a foreign one like an unknown one.
 * Platform tables and files belong to no tenant, so no row may refer to them either.
 */
async function requireOwnReferences(
  db: SecuredReader<TenantTable>,
  scope: TenantScope,
  operation: Operation,
  table: TenantTable,
  value: Record<string, unknown>,
): Promise<void> {
  for (const reference of referencesIn(table, value)) {
    const target = tenantTable(reference.table as TenantTable);
    // Not an id of that table at all: another arm of a union, or refused by the schema.
    if (db.normalizeId(target, reference.id) === null) continue;
    await getOwnX(db, scope, operation, target, reference.id as Id<typeof target>);
  }
}

/** Refuses whatever is not the name of a tenant's table: an id in its place, a platform or system table. */
function tenantTable<Table extends TenantTable>(table: Table): Table {
  if (isTenantTable(table)) return table;
  throw new Error(`"${String(table)}" is not a tenant's table; name the table first, then the id.`);
}

/** Throws when another wall writes the table. */
function requireWritable(table: TenantTable): void {
  if (isWalled(table)) throw new Error(`Rows of "${table}" are written by a wall of their own.`);
}

/** Throws when rows of the table stay as they were written. */
function requireChangeable(table: TenantTable): void {
  requireWritable(table);
  if (isAppendOnly(table)) throw new Error(`Rows of "${table}" are never changed or deleted.`);
}

function scopedIndex<Table extends TenantTable>(table: Table, index: string): string {
  if (leadsWithTenantId(table, index)) return index;
  throw new Error(`The index "${index}" of "${table}" does not lead with tenantId.`);
}

function withoutTenantId<Value extends object>(value: Value): Value {
  if ("tenantId" in value) throw new Error("tenantId is stamped by the wall and never changes.");
  return value;
}
