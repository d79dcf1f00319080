import {
  type Rules,
  wrapDatabaseReader,
  wrapDatabaseWriter,
} from "convex-helpers/server/rowLevelSecurity";
import type { DataModel, Id, TableNames } from "../_generated/dataModel";
import type { DatabaseReader, DatabaseWriter } from "../_generated/server";
import { recordDenied, type SecurityEvent } from "./securityLog";
import { ALL_TABLES, isPlatformTable, type PlatformTable, type TenantTable } from "./tables";

/**
 * The second wall: convex-helpers' row-level security, under the scoped database.
 * One rule per table of the schema, generated so that none can be forgotten, and
 * `deny` for whatever is not listed. Rules only compare, they never read: a rule runs
 * for every row, so a look-up in it would cost one index range per row.
 */

/** On whose behalf the database is used. */
export type TenantScope = { tenantId: Id<"tenants">; memberId: Id<"members"> | null };

const DENY = { defaultPolicy: "deny" } as const;

/** Rules of a tenant's function: its own rows and nothing else. */
const tenantRules = rulesFor((table) => (isPlatformTable(table) ? "never" : "ownRows"));

/** Rules of a platform function: platform tables and nothing of any tenant. */
const platformRules = rulesFor((table) => (isPlatformTable(table) ? "always" : "never"));

export function tenantReader(db: DatabaseReader, scope: TenantScope): DatabaseReader {
  return wrapDatabaseReader(scope, db, tenantRules as Rules<TenantScope, DataModel>, DENY);
}

export function tenantWriter(db: DatabaseWriter, scope: TenantScope): DatabaseWriter {
  return wrapDatabaseWriter(scope, db, tenantRules as Rules<TenantScope, DataModel>, DENY);
}

export function platformWriter(db: DatabaseWriter): DatabaseWriter {
  return wrapDatabaseWriter({}, db, platformRules as Rules<object, DataModel>, DENY);
}

type Access = "ownRows" | "always" | "never";
type Row = { _id?: string; tenantId?: Id<"tenants"> };
type Check = (scope: TenantScope, row: Row) => Promise<boolean>;

function rulesFor(access: (table: TableNames) => Access) {
  return Object.fromEntries(
    ALL_TABLES.map((table) => [
      table,
      {
        read: check(access(table), table, "get"),
        modify: check(access(table), table, "patch"),
        insert: check(access(table), table, "insert"),
      },
    ]),
  ) as Record<TenantTable | PlatformTable, { read: Check; modify: Check; insert: Check }>;
}

function check(access: Access, table: TableNames, operation: SecurityEvent["operation"]): Check {
  if (access === "always") return async () => true;
  if (access === "never") return async () => false;
  return async (scope, row) => {
    if (row.tenantId === scope.tenantId) return true;
    recordDenied({
      type: "crossTenantAccess",
      operation,
      table,
      rowId: row._id ?? null,
      ...scope,
    });
    return false;
  };
}
