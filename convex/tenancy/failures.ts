import type { PaginationOptions, PaginationResult } from "convex/server";
import type { Doc, Id } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";

/** Tables of tenants whose rows say with `failedAt` that something failed and waits for a person. */
type FailingTable = "emails" | "invitations";

/** What failed in which company, and nothing of what it says or to whom it goes. */
export type Failure<Table extends FailingTable> = {
  _id: Id<Table>;
  tenantId: Id<"tenants">;
  /** A mail's kind; of an invitation, whether Clerk has to make one or to end it. */
  kind: string;
  /** Why, in a sentence or as one of lib/team.ts. */
  error: string;
  /** Milliseconds. */
  failedAt: number;
};

/**
 * What failed in any company, newest first, for Sunup's staff. Rows that did not fail have no
 * `failedAt` and are not read. Changing one takes the company's own database (`forTenant`).
 */
export function failuresOf(db: DatabaseReader) {
  return {
    async emails(page: PaginationOptions): Promise<PaginationResult<Failure<"emails">>> {
      const rows = db.query("emails").withIndex("by_failedAt", (q) => q.gt("failedAt", 0));
      const result = await rows.order("desc").paginate(page);
      return { ...result, page: result.page.map(emailFailure) };
    },
    async invitations(page: PaginationOptions): Promise<PaginationResult<Failure<"invitations">>> {
      const rows = db.query("invitations").withIndex("by_failedAt", (q) => q.gt("failedAt", 0));
      const result = await rows.order("desc").paginate(page);
      return { ...result, page: result.page.map(invitationFailure) };
    },
    /** The company in which this failed; null when it did not, or no longer. */
    async tenantOf<Table extends FailingTable>(
      table: Table,
      id: Id<Table>,
    ): Promise<Id<"tenants"> | null> {
      const row = await db.get(table as FailingTable, id as Id<FailingTable>);
      return row?.failedAt === undefined ? null : row.tenantId;
    },
  };
}

function emailFailure({ _id, tenantId, message, lastError = "", failedAt = 0 }: Doc<"emails">) {
  return { _id, tenantId, kind: message.kind, error: withoutAddresses(lastError), failedAt };
}

function invitationFailure(invitation: Doc<"invitations">) {
  const { _id, tenantId, status, problem = "unreachable", failedAt = 0 } = invitation;
  return { _id, tenantId, kind: status === "pending" ? "make" : "end", error: problem, failedAt };
}

/** A mail server's words may name the mailbox, which is the company's business alone. */
function withoutAddresses(text: string): string {
  return text.replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, "(address)");
}
