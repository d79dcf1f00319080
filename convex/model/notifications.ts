import type { EmailChoice } from "../../lib/notifications";
import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedReader, ScopedWriter } from "../tenancy/scopedDb";

/**
 * Whether a member wants mails of this kind. Asked before one is queued. Mails about
 * security and billing are on no list: they are always sent.
 */
export async function wantsEmail(
  db: ScopedReader,
  memberId: Id<"members">,
  choice: EmailChoice,
): Promise<boolean> {
  return !(await emailsOff(db, memberId)).includes(choice);
}

/** The mails that a member has turned off. */
export async function emailsOff(db: ScopedReader, memberId: Id<"members">): Promise<EmailChoice[]> {
  return (await settingsOf(db, memberId))?.emailsOff ?? [];
}

/** Turns one kind of mail on or off; doing it twice changes nothing. */
export async function setEmail(
  db: ScopedWriter,
  memberId: Id<"members">,
  choice: EmailChoice,
  on: boolean,
): Promise<void> {
  const settings = await settingsOf(db, memberId);
  const others = (settings?.emailsOff ?? []).filter((each) => each !== choice);
  const off = on ? others : [...others, choice];
  if (settings === null) await db.insert("notificationSettings", { memberId, emailsOff: off });
  else await db.patch("notificationSettings", settings._id, { emailsOff: off });
}

async function settingsOf(
  db: ScopedReader,
  memberId: Id<"members">,
): Promise<Doc<"notificationSettings"> | null> {
  return await db
    .query("notificationSettings")
    .withIndex("by_tenant_member", (q) => q.eq("memberId", memberId))
    .unique();
}
