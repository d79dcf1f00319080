import {
  type Rules,
  wrapDatabaseReader,
  wrapDatabaseWriter,
} from "convex-helpers/server/rowLevelSecurity";
import type { DataModel, Id, TableNames } from "../_generated/dataModel";
import type { DatabaseReader, DatabaseWriter } from "../_generated/server";
import { recordDenied, type SecurityEvent } from "./securityLog";
import { ALL_TABLES, isPlatformTable } from "./tables";

/**
 * The second wall: convex-helpers' row-level security, under the scoped database.
 * One rule per table of the schema, generated so that none can be forgotten, and
 * `deny` for whatever is not listed. Rules only compare, they never read: a rule runs
 * for every row, so a look-up in it would cost one index range per row.
 */

/** On whose behalf the database is used. */
export type TenantScope = { tenantId: Id<"tenants">; memberId: Id<"members"> | null };

const DENY = { defaultPolicy: "deny" } as const;

/** Rules of a tenant's function: its own rows and nothing else. A platform table's rows are nobody's own. */
const tenantRules = rulesFor((table, operation) => async (scope, row) => {
  if (row.tenantId === scope.tenantId) return true;
  const rowId = row._id ?? null;
  recordDenied({ type: "crossTenantAccess", operation, table, rowId, ...scope });
  return false;
});

/** Rules of a platform function: platform tables and nothing of any tenant. */
const platformRules = rulesFor((table) => async () => isPlatformTable(table));

export function tenantReader(db: DatabaseReader, scope: TenantScope): DatabaseReader {
  return wrapDatabaseReader(scope, db, tenantRules as Rules<TenantScope, DataModel>, DENY);
}

export function tenantWriter(db: DatabaseWriter, scope: TenantScope): DatabaseWriter {
  return wrapDatabaseWriter(scope, db, tenantRules as Rules<TenantScope, DataModel>, DENY);
}

export function platformReader(db: DatabaseReader): DatabaseReader {
  return wrapDatabaseReader({}, db, platformRules as Rules<object, DataModel>, DENY);
}

export function platformWriter(db: DatabaseWriter): DatabaseWriter {
  return wrapDatabaseWriter({}, db, platformRules as Rules<object, DataModel>, DENY);
}

type Row = { _id?: string; tenantId?: Id<"tenants"> };
type Rule = (scope: TenantScope, row: Row) => Promise<boolean>;
type RuleFor = (table: TableNames, operation: SecurityEvent["operation"]) => Rule;

function rulesFor(rule: RuleFor) {
  return Object.fromEntries(
    ALL_TABLES.map((table) => [
      table,
      {
        read: rule(table, "get"),
        modify: rule(table, "patch"),
        insert: rule(table, "insert"),
      },
    ]),
  ) as Record<TableNames, { read: Rule; modify: Rule; insert: Rule }>;
}
