import type { Id } from "../_generated/dataModel";
import type { DatabaseReader, DatabaseWriter } from "../_generated/server";
import {
  type RowRule,
  securedReader,
  type SecuredReader,
  securedWriter,
  type SecuredWriter,
} from "./rowSecurity";
import { recordDenied } from "./securityLog";
import {
  isAppendOnly,
  isPlatformTable,
  isTenantTable,
  type PlatformTable,
  type TenantTable,
} from "./tables";

/**
 * The second wall: row-level security under the scoped database, and under platform
 * functions. A table of the schema is a tenant's or the platform's (tables.ts), and each
 * rule opens only one kind. Rules only compare, they never read: a rule is asked about
 * every row, so a look-up in it would cost one index range per row.
 */

/** On whose behalf the database is used. */
export type TenantScope = {
  tenantId: Id<"tenants">;
  memberId: Id<"members"> | null;
  /** Set when it is Sunup's staff, in an entry. */
  staffId?: Id<"staff">;
};

/** A tenant's function: its own rows of tenants' tables and nothing else. */
function tenantRule(scope: TenantScope): RowRule {
  return {
    opens: isTenantTable,
    owns: (row) => row.tenantId === scope.tenantId,
    // The scoped database refuses to change these, with a better word (scopedDb.ts).
    keeps: () => false,
    onDenied: (operation, table, row) => recordDenied(scope, operation, table, row),
  };
}

/** A platform function: platform tables, where no row is anyone's own, and nothing of any tenant. */
const PLATFORM_RULE: RowRule = {
  opens: isPlatformTable,
  owns: () => true,
  keeps: isAppendOnly,
};

export function tenantReader(db: DatabaseReader, scope: TenantScope): SecuredReader<TenantTable> {
  return securedReader(db, tenantRule(scope));
}

export function tenantWriter(db: DatabaseWriter, scope: TenantScope): SecuredWriter<TenantTable> {
  return securedWriter(db, tenantRule(scope));
}

export function platformReader(db: DatabaseReader): SecuredReader<PlatformTable> {
  return securedReader(db, PLATFORM_RULE);
}

export function platformWriter(db: DatabaseWriter): SecuredWriter<PlatformTable> {
  return securedWriter(db, PLATFORM_RULE);
}
