import type { ErrorCode } from "../../lib/errors";
import type { Id, TableNames } from "../_generated/dataModel";

/** How a row was reached for. */
export type Operation = "get" | "query" | "insert" | "patch" | "replace" | "delete";

/** Who called, and for which company: no member for background work, and for staff in an entry. */
type Who = {
  tenantId: Id<"tenants">;
  memberId: Id<"members"> | null;
  staffId?: Id<"staff">;
};

/** What security wants to hear of. It says what was tried and by whom, never what a row holds. */
export type SecurityEvent =
  | ({
      type: "crossTenantAccess";
      operation: Operation;
      table: TableNames;
      rowId: string | null;
      /** Whose row it is; absent when it would have become nobody's. */
      attemptedTenantId?: string;
    } & Who)
  /** A member's call of a function failed with a code of lib/errors.ts. */
  | ({ type: "failure"; code: ErrorCode } & Who)
  /** Somebody took a list away as a file. */
  | ({ type: "export"; what: string; rows: number } & Who)
  /** A webhook's signature did not fit. `source` is whose webhook it was made to look like. */
  | { type: "forgedWebhook"; source: string; address: string | null; agent: string | null };

/**
 * Leaves one structured line in the log. A row would be rolled back with the transaction that a
 * denial ends, and a query cannot write at all; a line leaves with the deployment's log stream
 * whatever becomes of the transaction (convex/webhooks/logStream.ts).
 */
export function logSecurity(event: SecurityEvent): void {
  // A failed call is everyday; only many different ones say something.
  const print = event.type === "failure" ? console.debug : console.warn;
  print(JSON.stringify({ sunup: "security", ...event }));
}

/** Records that somebody reached for a row of another tenant. */
export function recordDenied(
  { tenantId, memberId, staffId }: Who,
  operation: Operation,
  table: TableNames,
  row: { readonly _id?: string; readonly tenantId?: unknown },
): void {
  const attemptedTenantId = typeof row.tenantId === "string" ? row.tenantId : undefined;
  const reached = { operation, table, rowId: row._id ?? null, attemptedTenantId };
  logSecurity({ type: "crossTenantAccess", ...reached, tenantId, memberId, staffId });
}
