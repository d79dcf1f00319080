import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { EMAIL_CHOICES, NOTIFICATION_KINDS } from "../../lib/notifications";

export const emailChoice = literals(...EMAIL_CHOICES);

export const notificationKind = literals(...NOTIFICATION_KINDS);

/** Which mails a member has turned off: one row per member, written with the first choice. */
export const notificationSettings = defineTable({
  tenantId: v.id("tenants"),
  memberId: v.id("members"),
  emailsOff: v.array(emailChoice),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_member", ["tenantId", "memberId"]);

/** What a notification can be about. */
export const notificationSubject = v.union(
  v.object({ projectId: v.id("projects") }),
  v.object({ leadId: v.id("leads") }),
  v.object({ surveyId: v.id("surveys") }),
  v.object({ entryId: v.id("staffEntries") }),
);
export type NotificationSubject = Infer<typeof notificationSubject>;

/** What a member is told under the bell, in the words of that moment; swept after NOTIFICATION_DAYS. */
export const notifications = defineTable({
  tenantId: v.id("tenants"),
  /** Who is told. */
  memberId: v.id("members"),
  kind: notificationKind,
  /** The name of who did it. */
  by: v.string(),
  /** The name of the project, lead or company that it is about. */
  about: v.string(),
  /** A task's title, a survey's time, a reason, or the beginning of a note. */
  excerpt: v.optional(v.string()),
  /** The row whose page it leads to. */
  subject: notificationSubject,
  /** Milliseconds; absent until it is read. */
  readAt: v.optional(v.number()),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  // Not covered by the next one: the list is in order of time, read or not.
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant_member", ["tenantId", "memberId"])
  .index("by_tenant_member_read", ["tenantId", "memberId", "readAt"]);
