import type { Id, TableNames } from "../_generated/dataModel";

/** Something that a wall stopped. It says what was tried and by whom, never what the row holds. */
export type SecurityEvent = {
  type: "crossTenantAccess";
  /** How the row was reached for. */
  operation: "get" | "query" | "insert" | "patch" | "replace" | "delete";
  table: TableNames;
  rowId: string | null;
  /** The tenant for whom the function ran. */
  tenantId: Id<"tenants">;
  /** Who called it; null for background work. */
  memberId: Id<"members"> | null;
  /** Sunup's staff who called it, in an entry. */
  staffId?: Id<"staff">;
};

/**
 * Records a denied access as one structured log line. A row would be rolled back with
 * the transaction that the denial ends, and a query cannot write at all; a log line
 * leaves with the deployment's log stream whatever becomes of the transaction.
 */
export function recordDenied(event: SecurityEvent): void {
  console.warn(JSON.stringify({ sunup: "security", ...event }));
}
