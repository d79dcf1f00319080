import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { EmailMessage } from "../tables/emails";
import { type SystemCtx, systemMutation } from "../tenancy/functions";
import { attemptOutcome } from "./attemptOutcome";
import { begun, ended, givenUp, isNextAttempt } from "./attempts";
import { LEASE_MS } from "./schedule";
import { missingSettings } from "./settings";

/**
 * The outbox of mail to Sunup's own people: as outbox.ts, for rows that belong to no company.
 */

/** Queues a mail in the transaction that causes it, once per key. */
export async function queuePlatformEmail(
  { platform, schedule }: Pick<SystemCtx, "platform" | "schedule">,
  email: { to: string; idempotencyKey: string; message: EmailMessage },
): Promise<Id<"platformEmails">> {
  const known = await platform
    .query("platformEmails")
    .withIndex("by_idempotencyKey", (q) => q.eq("idempotencyKey", email.idempotencyKey))
    .unique();
  if (known !== null) return known._id;
  const waiting = { status: "queued" as const, attempts: 0, nextAttemptAt: Date.now() };
  const emailId = await platform.insert("platformEmails", { ...email, ...waiting });
  await schedule.after(0, internal.emails.platformOutbox.begin, { emailId, attempt: 1 });
  return emailId;
}

/** Begins attempt number `attempt`, unless the mail is settled or cannot be sent yet. */
export const begin = systemMutation({
  args: { emailId: v.id("platformEmails"), attempt: v.number() },
  returns: v.null(),
  handler: async ({ platform, schedule }, { emailId, attempt }) => {
    const email = await platform.get("platformEmails", emailId);
    if (email === null || !isNextAttempt(email, attempt)) return null;
    if (missingSettings().length > 0) return null;
    const now = Date.now();
    const end = givenUp(email, now);
    await platform.patch("platformEmails", emailId, end ?? begun(email, attempt, now));
    if (end !== null) return null;
    const { to, message } = email;
    const mail = { emailId, attempt, to, message };
    await schedule.after(0, internal.emails.send.sendPlatform, mail);
    return null;
  },
});

/** Records what became of an attempt. */
export const finish = systemMutation({
  args: { emailId: v.id("platformEmails"), attempt: v.number(), outcome: attemptOutcome },
  returns: v.null(),
  handler: async ({ platform, schedule }, { emailId, attempt, outcome }) => {
    const email = await platform.get("platformEmails", emailId);
    const end = email && ended(email, attempt, outcome, Date.now());
    if (!end) return null;
    await platform.patch("platformEmails", emailId, end.change);
    if (end.againAt !== undefined) {
      const next = { emailId, attempt: attempt + 1 };
      await schedule.at(end.againAt, internal.emails.platformOutbox.begin, next);
    }
    return null;
  },
});

const SWEEP_SIZE = 50;

/** Begins the attempts that are overdue by `overdueMs` milliseconds or more. Returns how many. */
export const sweep = systemMutation({
  args: { overdueMs: v.number() },
  returns: v.number(),
  handler: async ({ platform, schedule }, { overdueMs }) => {
    if (missingSettings().length > 0) return 0;
    const now = Date.now();
    const until = now - Math.max(overdueMs, 0);
    const overdue = await platform
      .query("platformEmails")
      .withIndex("by_nextAttemptAt", (q) => q.gt("nextAttemptAt", 0).lte("nextAttemptAt", until))
      .take(SWEEP_SIZE);
    for (const { _id: emailId, attempts } of overdue) {
      await platform.patch("platformEmails", emailId, { nextAttemptAt: now + LEASE_MS });
      const next = { emailId, attempt: attempts + 1 };
      await schedule.after(0, internal.emails.platformOutbox.begin, next);
    }
    return overdue.length;
  },
});
