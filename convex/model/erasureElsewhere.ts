import { deleteCustomer } from "../billing/deletion";
import { deleteAccount } from "./clerkAccounts";
import { revokeAtClerk } from "./clerkInvitations";
import type { Accounts, Closed } from "./erasureAccounts";

/** Longest that one call may take, and longest text of what went wrong; milliseconds, characters. */
const CALL_LIMIT_MS = 15_000;
const PROBLEM_LENGTH = 300;

/**
 * Closes accounts at Stripe and Clerk, one after the other, up to the first that does not go: what
 * is done already may be asked for again.
 */
export async function closeElsewhere(accounts: Accounts): Promise<Closed> {
  const closed: Closed = { customers: [], invitations: [], members: [], problem: undefined };
  try {
    for (const { rowId, customer } of accounts.customers) {
      if (customer !== null) await deleteCustomer(customer);
      closed.customers.push(rowId);
    }
    for (const { rowId, clerkInvitationId } of accounts.invitations) {
      if (clerkInvitationId !== null) await revokeAtClerk(clerkInvitationId, limit());
      closed.invitations.push(rowId);
    }
    for (const { rowId, clerkUserId } of accounts.members) {
      if (clerkUserId !== null) await deleteAccount(clerkUserId, limit());
      closed.members.push(rowId);
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    closed.problem = said.slice(0, PROBLEM_LENGTH);
  }
  return closed;
}

function limit(): AbortSignal {
  return AbortSignal.timeout(CALL_LIMIT_MS);
}
