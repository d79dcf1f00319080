import { sunupError } from "../../lib/errors";
import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedReader } from "../tenancy/scopedDb";

/**
 * The member, when they may be given work or rights: whoever has no access would never see
 * it. Throws NOT_FOUND, CONFLICT (their access is turned off).
 */
export async function activeMemberX(
  db: ScopedReader,
  memberId: Id<"members">,
): Promise<Doc<"members">> {
  const member = await db.getX("members", memberId);
  if (isActive(member)) return member;
  throw sunupError("CONFLICT", { message: `${member.name} has no access any more.` });
}

export function isActive({ status }: Pick<Doc<"members">, "status">): boolean {
  return status === "active";
}
