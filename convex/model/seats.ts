import { sunupError } from "../../lib/errors";
import { PLANS } from "../../lib/plans";
import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedReader, ScopedWriter } from "../tenancy/scopedDb";
import { STANDING } from "../tables/usage";

/**
 * Seats: the places of the plan's limit of users. Every active member and every pending
 * invitation takes one. The tenant's `usage` row of users holds how many are taken; who
 * changes a member's or an invitation's status takes or frees seats in the same
 * transaction, so two at once meet on that row and the limit is exact.
 */
export type Seats = { used: number; limit: number | null };

/** More seats than a company without a counter can have taken. */
const MAX_COUNTED = 5_000;

type Plan = Pick<Doc<"tenants">, "plan">;

/** How many seats are taken, of how many; `limit` is null when there is none. */
export async function readSeats(db: ScopedReader, tenant: Plan): Promise<Seats> {
  return { used: (await counter(db))?.value ?? (await countTaken(db)), limit: seatLimit(tenant) };
}

/** Takes so many seats, all or none. Throws LIMIT_REACHED, with what is left and what to do. */
export async function takeSeats(db: ScopedWriter, tenant: Plan, count: number): Promise<void> {
  const { id, used } = await ownCounter(db);
  const limit = seatLimit(tenant);
  if (limit !== null && used + count > limit) {
    throw sunupError("LIMIT_REACHED", { message: noRoomFor(count, { used, limit }) });
  }
  await db.patch("usage", id, { value: used + count });
}

/** Gives so many seats back. */
export async function freeSeats(db: ScopedWriter, count: number): Promise<void> {
  const { id, used } = await ownCounter(db);
  await db.patch("usage", id, { value: Math.max(0, used - count) });
}

function seatLimit({ plan }: Plan): number | null {
  return PLANS[plan].limits.users;
}

function noRoomFor(count: number, { used, limit }: { used: number; limit: number }): string {
  const free = Math.max(0, limit - used);
  const room = limit === 1 ? "one person" : `${limit} people`;
  if (free === 0) return `Your plan has room for ${room}, and every place is taken.`;
  return `Your plan has room for ${room}: ${free} more ${free === 1 ? "fits" : "fit"}, ${count} do not.`;
}

async function counter(db: ScopedReader): Promise<Doc<"usage"> | null> {
  return await db
    .query("usage")
    .withIndex("by_tenant_period_metric", (q) => q.eq("period", STANDING).eq("metric", "users"))
    .unique();
}

/** The counter, made from the rows themselves where a company has none yet. */
async function ownCounter(db: ScopedWriter): Promise<{ id: Id<"usage">; used: number }> {
  const row = await counter(db);
  if (row !== null) return { id: row._id, used: row.value };
  const used = await countTaken(db);
  const id = await db.insert("usage", { period: STANDING, metric: "users", value: used });
  return { id, used };
}

/** Once per company at most, and of one that had no counter: small ones. */
async function countTaken(db: ScopedReader): Promise<number> {
  const [members, invitations] = await Promise.all([
    db
      .query("members")
      .withIndex("by_tenant_status_roles", (q) => q.eq("status", "active"))
      .take(MAX_COUNTED),
    db
      .query("invitations")
      .withIndex("by_tenant_status", (q) => q.eq("status", "pending"))
      .take(MAX_COUNTED),
  ]);
  return members.length + invitations.length;
}
