import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { pick } from "convex-helpers";
import * as inbox from "./model/inbox";
import * as model from "./model/notifications";
import { emailChoice, notificationKind, notificationSubject } from "./tables/notifications";
import {
  backgroundMutation,
  personalQuery,
  systemMutation,
  tenantMutation,
} from "./tenancy/functions";

/** The mails that I have turned off. Any active member. */
export const mine = personalQuery({
  permission: "member",
  args: {},
  returns: v.object({ emailsOff: v.array(emailChoice) }),
  handler: async ({ db, member }) => ({ emailsOff: await model.emailsOff(db, member._id) }),
});

/** Turns a kind of mail on or off for myself. Any active member. */
export const setEmail = tenantMutation({
  permission: "member",
  args: { choice: emailChoice, on: v.boolean() },
  returns: v.null(),
  handler: async ({ db, member }, { choice, on }) => {
    await model.setEmail(db, member._id, choice, on);
    return null;
  },
});

/** What I was told, newest first. Any active member. */
export const list = personalQuery({
  permission: "member",
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(
    v.object({
      _id: v.id("notifications"),
      _creationTime: v.number(),
      kind: notificationKind,
      by: v.string(),
      about: v.string(),
      excerpt: v.optional(v.string()),
      subject: notificationSubject,
      readAt: v.optional(v.number()),
    }),
  ),
  handler: async ({ db, member }, { paginationOpts }) => {
    const result = await inbox.notificationsOf(db, member._id, paginationOpts);
    const page = result.page.map((each) =>
      pick(each, [
        ...(["_id", "_creationTime", "kind", "by", "about"] as const),
        ...(["excerpt", "subject", "readAt"] as const),
      ]),
    );
    return { ...result, page };
  },
});

/** How many I have not read; 21 stands for more than 20. Any active member. */
export const unread = personalQuery({
  permission: "member",
  args: {},
  returns: v.number(),
  handler: async ({ db, member }) => await inbox.countUnread(db, member._id),
});

/** Marks one of my own as read; a colleague's stays as it is. Any active member. Throws NOT_FOUND. */
export const markRead = tenantMutation({
  permission: "member",
  args: { notificationId: v.id("notifications") },
  returns: v.null(),
  handler: async ({ db, member }, { notificationId }) => {
    await inbox.markRead(db, member, notificationId, Date.now());
    return null;
  },
});

/** Marks all of mine as read. Any active member. */
export const markAllRead = tenantMutation({
  permission: "member",
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    await inbox.markAllRead(ctx, ctx.member._id, Date.now());
    return null;
  },
});

/** The next batch of `markAllRead`; scheduled by the one before. */
export const continueMarkAllRead = backgroundMutation({
  args: { memberId: v.id("members"), until: v.number() },
  returns: v.null(),
  handler: async (ctx, { memberId, until }) => {
    await inbox.markReadUntil(ctx, memberId, until, Date.now());
    return null;
  },
});

/** Removes notifications that are old; a cron calls it every day. Returns how many this batch removed. */
export const sweep = systemMutation({
  args: {},
  returns: v.number(),
  handler: async (ctx) => await inbox.sweepNotifications(ctx, Date.now()),
});
