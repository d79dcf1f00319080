import { normalizeEmail } from "../../lib/email";
import { sunupError } from "../../lib/errors";
import type { StaffLevel } from "../../lib/staff";
import type { Doc } from "../_generated/dataModel";
import type { SystemCtx } from "../tenancy/functions";
import { changesBetween } from "./audit";
import { endOfStaff } from "./staffEntries";
import { recordStaffAction, type StaffDoer } from "./staffAudit";

type Ctx = Pick<SystemCtx, "platform" | "findMember" | "liveEntryOf" | "forTenant">;

/** A Clerk user with a confirmed address. */
export type Appointee = { clerkUserId: string; email: string; name: string };

/**
 * Makes somebody staff, or changes the level of who is. Throws CONFLICT for a member of a
 * company, since staff never act as one, and for the last owner's own step down.
 */
export async function grant(
  ctx: Ctx,
  doer: StaffDoer,
  { clerkUserId, email, name }: Appointee,
  level: StaffLevel,
): Promise<void> {
  if ((await ctx.findMember(clerkUserId)) !== null) {
    throw sunupError("CONFLICT", {
      message: `${name} belongs to a company. Staff need an account of their own.`,
    });
  }
  const known = await rowOf(ctx, clerkUserId);
  const before = known !== null && known.removedAt === undefined ? known.level : undefined;
  if (before === level) return;
  if (known !== null && before === "owner") await requireOtherOwner(ctx, known);
  const person = { clerkUserId, email: normalizeEmail(email), name, level };
  if (known === null) await ctx.platform.insert("staff", person);
  else await ctx.platform.patch("staff", known._id, { ...person, removedAt: undefined });
  await recordStaffAction(ctx, doer, {
    action: before === undefined ? "staff.granted" : "staff.levelChanged",
    subject: name,
    changes: changesBetween({ level: before }, { level }),
  });
}

/** Ends somebody's being staff, at once; for who is none it does nothing. Throws CONFLICT for the last owner. */
export async function revoke(
  ctx: Ctx,
  doer: StaffDoer,
  clerkUserId: string,
  now: number,
): Promise<void> {
  const known = await rowOf(ctx, clerkUserId);
  if (known === null || known.removedAt !== undefined) return;
  if (known.level === "owner") await requireOtherOwner(ctx, known);
  await ctx.platform.patch("staff", known._id, { removedAt: now });
  const entry = await ctx.liveEntryOf(known._id);
  if (entry !== null) await endOfStaff(ctx, entry, now);
  await recordStaffAction(ctx, doer, {
    action: "staff.revoked",
    subject: known.name,
    changes: changesBetween({ level: known.level }, {}),
  });
}

async function rowOf({ platform }: Ctx, clerkUserId: string): Promise<Doc<"staff"> | null> {
  return await platform
    .query("staff")
    .withIndex("by_clerkUserId", (q) => q.eq("clerkUserId", clerkUserId))
    .unique();
}

/** Throws CONFLICT when nobody would be left to manage the staff. */
async function requireOtherOwner({ platform }: Ctx, { _id }: Doc<"staff">): Promise<void> {
  const owners = await platform
    .query("staff")
    .withIndex("by_removedAt_level", (q) => q.eq("removedAt", undefined).eq("level", "owner"))
    .take(2);
  if (owners.every((owner) => owner._id === _id)) {
    throw sunupError("CONFLICT", { message: "Sunup needs at least one owner." });
  }
}
