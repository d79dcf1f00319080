import type { Id } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";
import { findMember } from "./member";

/** More companies than one address has ever been a member of. */
const MAX_COMPANIES = 10;

/**
 * The companies that a person belongs or belonged to, by their exact address or Clerk user id,
 * for staff who look for somebody: which companies, and nothing of the membership.
 */
export async function companiesOf(
  db: DatabaseReader,
  person: { email: string } | { clerkUserId: string },
): Promise<Id<"tenants">[]> {
  if ("clerkUserId" in person) {
    const member = await findMember(db, person.clerkUserId);
    return member === null ? [] : [member.tenantId];
  }
  const members = await db
    .query("members")
    .withIndex("by_email", (q) => q.eq("email", person.email))
    .take(MAX_COMPANIES);
  return [...new Set(members.map(({ tenantId }) => tenantId))];
}
