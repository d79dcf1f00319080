import type { Doc, Id } from "../_generated/dataModel";
import type { SystemCtx } from "../tenancy/functions";
import { goOn, nextPhase, plus } from "./erasure";

/** Accounts elsewhere that one batch closes: each costs a call or two. */
const ACCOUNTS_AT_ONCE = 15;

/** Events about one account that go at once, so that a batch stays well below half of Convex's limits. */
const EVENTS_AT_ONCE = 30;

/** What a company still has elsewhere, each with the row that names it. */
export type Accounts = {
  customers: { rowId: Id<"billingAccounts">; customer: string | null }[];
  invitations: { rowId: Id<"invitations">; clerkInvitationId: string | null }[];
  /** `clerkUserId` is null for an account that stays: it is one of Sunup's own people's. */
  members: { rowId: Id<"members">; clerkUserId: string | null }[];
};

/** What is closed elsewhere, and why the rest is not. */
export type Closed = {
  customers: Id<"billingAccounts">[];
  invitations: Id<"invitations">[];
  members: Id<"members">[];
  problem: string | undefined;
};

type Ctx = SystemCtx;

/** The next accounts to close, or null when that step is not the erasure's any more. */
export async function accountsToClose(
  ctx: Ctx,
  { erasureId, step }: { erasureId: Id<"erasures">; step: number },
): Promise<Accounts | null> {
  const erasure = await atStep(ctx, erasureId, step);
  if (erasure === null) return null;
  // Opens a tenant: the one that is erased, for what it has elsewhere.
  const { db } = ctx.forTenant(erasure.tenant);
  const billing = await db.query("billingAccounts").withIndex("by_tenant").take(1);
  const invitations = await db
    .query("invitations")
    .withIndex("by_tenant_status")
    .take(ACCOUNTS_AT_ONCE);
  const members = await db.query("members").withIndex("by_tenant").take(ACCOUNTS_AT_ONCE);
  return {
    customers: billing.map(({ _id, customer }) => ({ rowId: _id, customer: customer ?? null })),
    invitations: invitations.map(({ _id, status, clerkInvitationId }) => ({
      rowId: _id,
      clerkInvitationId: status === "pending" ? (clerkInvitationId ?? null) : null,
    })),
    members: await Promise.all(
      members.map(async ({ _id, clerkUserId }) => ({
        rowId: _id,
        clerkUserId: (await ctx.findStaff(clerkUserId)) === null ? clerkUserId : null,
      })),
    ),
  };
}

/** Removes the rows of what is closed, with the events about it, and goes on. Safe to repeat. */
export async function forgetAccounts(
  ctx: Ctx,
  { erasureId, step, closed }: { erasureId: Id<"erasures">; step: number; closed: Closed },
  now: number,
): Promise<void> {
  const erasure = await atStep(ctx, erasureId, step);
  if (erasure === null) return;
  // Opens a tenant: the one that is erased; its database knows no other tenant's rows.
  const { db } = ctx.forTenant(erasure.tenant);
  const counts = { billing: 0, customers: 0, invitations: 0, members: 0 };
  let events = 0;
  let failures = 0;
  let minutes = 0;
  for (const rowId of closed.customers) {
    const row = await db.get("billingAccounts", rowId);
    if (row === null) continue;
    if (row.customer !== undefined) events += await forgetEvents(ctx, "stripe", row.customer);
    await db.delete("billingAccounts", rowId);
    counts.billing += 1;
    if (row.customer !== undefined) counts.customers += 1;
  }
  for (const rowId of closed.invitations) {
    if ((await db.get("invitations", rowId)) === null) continue;
    await db.delete("invitations", rowId);
    counts.invitations += 1;
  }
  for (const rowId of closed.members) {
    const row = await db.get("members", rowId);
    if (row === null) continue;
    const gone = await forgetEvents(ctx, "clerk", row.clerkUserId);
    events += gone;
    const failed = await forgetFailures(ctx, row.clerkUserId);
    failures += failed.functions;
    minutes += failed.minutes;
    // The rest goes with the next batch, to which the membership still leads.
    if (Math.max(gone, failed.functions, failed.minutes) === EVENTS_AT_ONCE) continue;
    await db.delete("members", rowId);
    counts.members += 1;
  }
  const some = closed.customers.length + closed.invitations.length + closed.members.length > 0;
  const isOver = closed.problem === undefined && !some;
  await goOn(
    ctx,
    some ? { ...erasure, failures: 0 } : erasure,
    {
      ...(isOver ? nextPhase("accounts") : {}),
      ...(closed.problem === undefined ? {} : { problem: closed.problem }),
      customers: erasure.customers + counts.customers,
      invitations: erasure.invitations + counts.invitations,
      accounts: erasure.accounts + counts.members,
      erased: plus(
        erasure.erased,
        [
          { table: "billingAccounts", rows: counts.billing },
          { table: "invitations", rows: counts.invitations },
          { table: "members", rows: counts.members },
          { table: "webhookEvents", rows: events },
          { table: "recentFailures", rows: failures },
          { table: "failureMinutes", rows: minutes },
        ].filter(({ rows }) => rows > 0),
      ),
    },
    now,
  );
}

async function atStep(
  { platform }: Ctx,
  erasureId: Id<"erasures">,
  step: number,
): Promise<(Doc<"erasures"> & { tenant: Id<"tenants"> }) | null> {
  const erasure = await platform.get("erasures", erasureId);
  if (erasure?.state !== "running" || erasure.tenant === undefined) return null;
  if (erasure.step !== step || erasure.phase !== "accounts") return null;
  return { ...erasure, tenant: erasure.tenant };
}

async function forgetEvents(
  { platform }: Ctx,
  source: "clerk" | "stripe",
  subject: string,
): Promise<number> {
  const events = await platform
    .query("webhookEvents")
    .withIndex("by_source_subject", (q) => q.eq("source", source).eq("subject", subject))
    .take(EVENTS_AT_ONCE);
  for (const { _id } of events) await platform.delete("webhookEvents", _id);
  return events.length;
}

async function forgetFailures({ platform }: Ctx, client: string) {
  const functions = await platform
    .query("recentFailures")
    .withIndex("by_client_at", (q) => q.eq("client", client))
    .take(EVENTS_AT_ONCE);
  for (const { _id } of functions) await platform.delete("recentFailures", _id);
  const minutes = await platform
    .query("failureMinutes")
    .withIndex("by_client_minute", (q) => q.eq("client", client))
    .take(EVENTS_AT_ONCE);
  for (const { _id } of minutes) await platform.delete("failureMinutes", _id);
  return { functions: functions.length, minutes: minutes.length };
}
