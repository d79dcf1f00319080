import { type EntryAccess, entryPermissions } from "../../lib/staffEntry";
import { sunupError } from "../../lib/errors";
import { staffMay } from "../../lib/staff";
import type { Permission } from "../../lib/roles";
import type { Doc, Id } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";
import { findStaff } from "./staff";

/** Sunup's staff in a company that they entered: themselves, never a member. */
export type Visit = {
  kind: "staff";
  staff: Doc<"staff">;
  entry: Doc<"staffEntries">;
  /** What the entry allows, and the level of this moment still does. */
  access: EntryAccess;
};

/** The entry in which a staff member is, or for which they wait; at most one, in whatever company. */
export async function liveEntryOf(
  db: DatabaseReader,
  staffId: Id<"staff">,
): Promise<Doc<"staffEntries"> | null> {
  return (await entryIn(db, staffId, "open")) ?? (await entryIn(db, staffId, "requested"));
}

/**
 * The company in which a Clerk user is as staff, or null. Asked only for somebody who is no
 * member, and it comes from the token's subject alone: staff row, then open entry. The clock is
 * compared besides, so a stay that the scheduler ends late is over all the same.
 */
export async function findVisit(
  db: DatabaseReader,
  clerkUserId: string,
  now: number,
): Promise<{ who: Visit; tenant: Doc<"tenants">; permissions: readonly Permission[] } | null> {
  const staff = await findStaff(db, clerkUserId);
  const entry = staff && (await entryIn(db, staff._id, "open"));
  if (staff === null || entry === null || entry.endsAt <= now) return null;
  const tenant = await db.get("tenants", entry.tenantId);
  if (tenant === null || tenant.erasingSince !== undefined) return null;
  const access = staffMay(staff.level, "operator") ? entry.access : "read";
  return {
    who: { kind: "staff", staff, entry, access },
    tenant,
    permissions: entryPermissions(access),
  };
}

/** Throws FORBIDDEN for staff who came to look only. */
export function requireHelping(visit: Visit): void {
  if (visit.access === "write") return;
  throw sunupError("FORBIDDEN", {
    message: "You entered this company to look, not to change anything.",
    nextStep: "Leave, and enter again as an operator who may make changes.",
  });
}

/** What staff in an entry read when something is for the company's own people. */
export function membersOnly() {
  return sunupError("FORBIDDEN", {
    message: "Only the company's own people can do this.",
    nextStep: "Ask an administrator of the company to do it.",
  });
}

async function entryIn(
  db: DatabaseReader,
  staffId: Id<"staff">,
  state: Doc<"staffEntries">["state"],
): Promise<Doc<"staffEntries"> | null> {
  return await db
    .query("staffEntries")
    .withIndex("by_staffId_state", (q) => q.eq("staffId", staffId).eq("state", state))
    .first();
}
