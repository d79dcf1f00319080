import type { PaginationOptions, PaginationResult } from "convex/server";
import { DAY_MS } from "../../lib/days";
import { MAX_UNREAD_COUNTED, NOTIFICATION_DAYS } from "../../lib/notifications";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { SystemCtx, TenantWriteCtx } from "../tenancy/functions";
import type { ScopedReader, ScopedWriter } from "../tenancy/scopedDb";

/** Notifications that one transaction changes or removes. */
const BATCH = 100;

/** A member's notifications, newest first. */
export async function notificationsOf(
  db: ScopedReader,
  memberId: Id<"members">,
  page: PaginationOptions,
): Promise<PaginationResult<Doc<"notifications">>> {
  return await db
    .query("notifications")
    .withIndex("by_tenant_member", (q) => q.eq("memberId", memberId))
    .order("desc")
    .paginate(page);
}

/** How many a member has not read: at most one more than MAX_UNREAD_COUNTED. */
export async function countUnread(db: ScopedReader, memberId: Id<"members">): Promise<number> {
  return (await unreadOf(db, memberId).take(MAX_UNREAD_COUNTED + 1)).length;
}

/** Marks one as read, if it is the member's own; twice changes nothing. Throws NOT_FOUND. */
export async function markRead(
  db: ScopedWriter,
  member: Doc<"members">,
  notificationId: Id<"notifications">,
  now: number,
): Promise<void> {
  const notification = await db.getX("notifications", notificationId);
  const isOwn = notification.memberId === member._id;
  if (isOwn && notification.readAt === undefined)
    await db.patch("notifications", notificationId, { readAt: now });
}

/** Marks all that a member was told so far as read, batch by batch, the first at once. */
export async function markAllRead(
  ctx: Pick<TenantWriteCtx, "db" | "schedule">,
  memberId: Id<"members">,
  now: number,
): Promise<void> {
  const newest = await ctx.db
    .query("notifications")
    .withIndex("by_tenant_member", (q) => q.eq("memberId", memberId))
    .order("desc")
    .first();
  if (newest !== null) await markReadUntil(ctx, memberId, newest._creationTime, now);
}

/** Marks as read what a member was told until `until` (milliseconds): a batch, and then the next. */
export async function markReadUntil(
  { db, schedule }: Pick<TenantWriteCtx, "db" | "schedule">,
  memberId: Id<"members">,
  until: number,
  now: number,
): Promise<void> {
  const unread = await db
    .query("notifications")
    .withIndex("by_tenant_member_read", (q) =>
      q.eq("memberId", memberId).eq("readAt", undefined).lte("_creationTime", until),
    )
    .take(BATCH);
  for (const { _id } of unread) await db.patch("notifications", _id, { readAt: now });
  if (unread.length < BATCH) return;
  await schedule.after(0, internal.notifications.continueMarkAllRead, { memberId, until });
}

/**
 * Removes notifications of any company that are older than NOTIFICATION_DAYS, one batch at
 * a time. Returns how many; when there are more, the next batch follows at once.
 */
export async function sweepNotifications(
  ctx: Pick<SystemCtx, "oldNotifications" | "forTenant" | "schedule">,
  now: number,
): Promise<number> {
  const old = await ctx.oldNotifications(now - NOTIFICATION_DAYS * DAY_MS, BATCH);
  for (const { tenantId, _id } of old) {
    // Opens a tenant: the one whose notification is old, which the platform's index names.
    await ctx.forTenant(tenantId).db.delete("notifications", _id);
  }
  if (old.length === BATCH) await ctx.schedule.after(0, internal.notifications.sweep, {});
  return old.length;
}

function unreadOf(db: ScopedReader, memberId: Id<"members">) {
  return db
    .query("notifications")
    .withIndex("by_tenant_member_read", (q) => q.eq("memberId", memberId).eq("readAt", undefined));
}
