import type { Doc } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";

/**
 * The invitation of this id, whichever company's it is, or null. The one way to a tenant's
 * row without being of that tenant: its id cannot be guessed and stands in the invited
 * person's mail, so to know it is to hold the invitation.
 */
export async function findInvitation(
  db: DatabaseReader,
  invitationId: string,
): Promise<Doc<"invitations"> | null> {
  const id = db.normalizeId("invitations", invitationId);
  return id && (await db.get("invitations", id));
}
