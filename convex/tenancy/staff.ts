import { sunupError } from "../../lib/errors";
import { type StaffLevel, staffMay } from "../../lib/staff";
import type { Doc } from "../_generated/dataModel";
import type { DatabaseReader, QueryCtx } from "../_generated/server";
import { loadIdentity } from "./member";

/** Who of Sunup's staff a Clerk user is, or null: also for somebody who is staff no more. */
export async function findStaff(
  db: DatabaseReader,
  clerkUserId: string,
): Promise<Doc<"staff"> | null> {
  const found = await db
    .query("staff")
    .withIndex("by_clerkUserId", (q) => q.eq("clerkUserId", clerkUserId))
    .unique();
  return found?.removedAt === undefined ? found : null;
}

/**
 * The staff member behind the verified token. To everybody else, staff of too low a level
 * among them, the function does not exist. Throws UNAUTHENTICATED, NOT_FOUND.
 */
export async function admitStaff(
  ctx: Pick<QueryCtx, "auth" | "db">,
  needed: StaffLevel,
): Promise<Doc<"staff">> {
  const { subject } = await loadIdentity(ctx);
  const found = await findStaff(ctx.db, subject);
  if (found === null || !staffMay(found.level, needed)) throw sunupError("NOT_FOUND");
  return found;
}
