import { sunupError } from "../../lib/errors";
import { permissionsOf } from "../../lib/roles";
import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedReader, ScopedWriter } from "../tenancy/scopedDb";
import { activeMemberX } from "./activeMembers";

/** Whether somebody can work on leads: is here, and may change them. */
export function worksOnLeads({ status, roles }: Doc<"members">): boolean {
  return status === "active" && permissionsOf(roles).includes("leads.write");
}

/** The member, when a lead may be given to them. Throws NOT_FOUND, CONFLICT. */
export async function leadWorkerX(
  db: ScopedReader,
  memberId: Id<"members">,
): Promise<Doc<"members">> {
  const member = await activeMemberX(db, memberId);
  if (!worksOnLeads(member)) {
    throw sunupError("CONFLICT", { message: `${member.name}'s role does not work on leads.` });
  }
  return member;
}

/**
 * Whom the campaign gives its next lead to, or null when it gives out none. The place in the
 * round stands on the campaign's row and moves on in the transaction of the lead: two leads at
 * once meet on that row, so the database runs one after the other and nobody's turn is lost or
 * given twice. Who cannot work on leads at the moment is passed over.
 */
export async function takeTurn(
  db: ScopedWriter,
  { _id, assignment, turnIds, nextTurn }: Doc<"campaigns">,
): Promise<Doc<"members"> | null> {
  if (assignment === "manual") return null;
  for (let step = 0; step < turnIds.length; step++) {
    const place = (nextTurn + step) % turnIds.length;
    const member = await db.get("members", turnIds[place]!);
    if (member === null || !worksOnLeads(member)) continue;
    await db.patch("campaigns", _id, { nextTurn: (place + 1) % turnIds.length });
    return member;
  }
  return null;
}
