import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { backgroundMutation, systemMutation } from "../tenancy/functions";
import { attemptOutcome } from "./attemptOutcome";
import { begun, ended, givenUp, isNextAttempt, SETTLED } from "./attempts";
import { whyNotSend } from "./reluctance";
import { LEASE_MS } from "./schedule";
import { sendAgain } from "./sendAgain";
import { missingSettings } from "./settings";

/**
 * The outbox: `queueEmail` -> `begin` -> the action `send.send` -> `finish` -> `begin` …
 * Convex runs a scheduled mutation exactly once and an action at most once, so only an
 * action can be lost; `sweep` finds that by `nextAttemptAt`, which is in the past then.
 * An attempt has a number: whoever comes with one that has begun already changes nothing.
 */
/** Begins attempt number `attempt`, unless the mail is settled, must not be sent or cannot be yet. */
export const begin = systemMutation({
  args: { tenantId: v.id("tenants"), emailId: v.id("emails"), attempt: v.number() },
  returns: v.null(),
  handler: async (ctx, { tenantId, emailId, attempt }) => {
    // Opens a tenant: the mail of one that is gone has to be settled too, or it would come up for ever.
    const tenant = ctx.forTenant(tenantId);
    const email = await tenant.db.get("emails", emailId);
    if (email === null || !isNextAttempt(email, attempt)) return null;
    if (missingSettings().length > 0) return null;

    const now = Date.now();
    const end = givenUp(email, now);
    if (end !== null) {
      await tenant.db.patch("emails", emailId, end);
      return null;
    }
    const company = await ctx.platform.get("tenants", tenantId);
    const lastError = await whyNotSend(tenant, company, email, now);
    if (lastError !== null) {
      await tenant.db.patch("emails", emailId, { ...SETTLED, status: "suppressed", lastError });
      return null;
    }
    await tenant.db.patch("emails", emailId, begun(email, attempt, now));
    const { to, message } = email;
    await tenant.schedule.after(0, internal.emails.send.send, { emailId, attempt, to, message });
    return null;
  },
});

/** Records what became of an attempt. An attempt that was given up for lost can still bring good news. */
export const finish = backgroundMutation({
  args: { emailId: v.id("emails"), attempt: v.number(), outcome: attemptOutcome },
  returns: v.null(),
  handler: async ({ db, schedule }, { emailId, attempt, outcome }) => {
    const email = await db.get("emails", emailId);
    if (email === null) return null;
    const end = ended(email, attempt, outcome, Date.now());
    if (end === null) return null;
    await db.patch("emails", emailId, end.change);
    if (end.againAt !== undefined) {
      const next = { emailId, attempt: attempt + 1 };
      await schedule.at(end.againAt, internal.emails.outbox.begin, next);
    }
    return null;
  },
});

/** Mail of one sweep; when there is more, the next one follows at once. */
const SWEEP_SIZE = 100;

/**
 * Begins the attempts that are overdue by `overdueMs` milliseconds or more: of mail whose
 * attempt was lost, and of mail that waited for the variables. Each is pushed back as it is
 * taken up, so that none stands in the way of others. Returns how many it took up.
 */
export const sweep = systemMutation({
  args: { overdueMs: v.number() },
  returns: v.number(),
  handler: async (ctx, { overdueMs }) => {
    const now = Date.now();
    const overdue = await ctx.overdueEmails(now - Math.max(overdueMs, 0), SWEEP_SIZE);
    const missing = missingSettings();
    if (overdue.length > 0 && missing.length > 0) {
      console.warn(`Mail waits: set ${missing.join(", ")} on the Convex deployment.`);
      return 0;
    }
    for (const { tenantId, _id: emailId, attempts } of overdue) {
      // Opens a tenant: the one whose mail is overdue, which the platform's index names.
      const { db, schedule } = ctx.forTenant(tenantId);
      await db.patch("emails", emailId, { nextAttemptAt: now + LEASE_MS });
      await schedule.after(0, internal.emails.outbox.begin, { emailId, attempt: attempts + 1 });
    }
    if (overdue.length === SWEEP_SIZE) {
      await ctx.schedule.after(0, internal.emails.outbox.sweep, { overdueMs });
    }
    return overdue.length;
  },
});

/**
 * Sends a mail that failed, or was suppressed, once more, as staff ask for: as a new mail,
 * once per failed one. Returns the new one's id, or null for a mail in another state: it may
 * have arrived. After a day without answers it may have, too. Throws NOT_FOUND.
 */
export const retry = backgroundMutation({
  args: { emailId: v.id("emails") },
  returns: v.union(v.id("emails"), v.null()),
  handler: async (ctx, { emailId }): Promise<Id<"emails"> | null> => await sendAgain(ctx, emailId),
});
