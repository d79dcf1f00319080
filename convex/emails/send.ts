import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { type EmailMessage, emailMessage } from "../tables/emails";
import { systemAction } from "../tenancy/functions";
import { isHome, ownShard } from "../model/shards";
import type { AttemptOutcome } from "./attemptOutcome";
import { renderEmail } from "./render";
import { handToResend } from "./resend";
import { emailSettings } from "./settings";

/**
 * One attempt: renders the mail, hands it to Resend and reports what became of it. It may
 * be killed at any point: `outbox.sweep` then begins another attempt, and the key, which
 * is the same at every attempt, keeps Resend from sending it again.
 */
export const send = systemAction({
  args: {
    tenantId: v.id("tenants"),
    emailId: v.id("emails"),
    attempt: v.number(),
    to: v.string(),
    message: emailMessage,
  },
  returns: v.null(),
  handler: async (ctx, { tenantId, emailId, attempt, to, message }) => {
    const tags = { tenant: tenantId, email: emailId };
    const outcome = await tryOnce(emailId, tags, to, message);
    await ctx.runMutation(internal.emails.outbox.finish, { tenantId, emailId, attempt, outcome });
    return null;
  },
});

/** The same for mail of the platform's. */
export const sendPlatform = systemAction({
  args: {
    emailId: v.id("platformEmails"),
    attempt: v.number(),
    to: v.string(),
    message: emailMessage,
  },
  returns: v.null(),
  handler: async (ctx, { emailId, attempt, to, message }) => {
    const outcome = await tryOnce(emailId, { email: emailId }, to, message);
    await ctx.runMutation(internal.emails.platformOutbox.finish, { emailId, attempt, outcome });
    return null;
  },
});

async function tryOnce(
  emailId: Id<"emails"> | Id<"platformEmails">,
  tags: Record<string, string>,
  to: string,
  message: EmailMessage,
): Promise<AttemptOutcome> {
  try {
    const { apiKey, from, appUrl } = emailSettings();
    const mail = {
      from,
      to,
      // Reports come to home, which hands on what is another deployment's.
      tags: { ...tags, kind: message.kind, ...(!isHome() && { shard: ownShard() }) },
      ...renderEmail(message, appUrl),
    };
    // The row's id, not its own key: Resend's keys are shared by all companies.
    return await handToResend(apiKey, emailId, mail);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    console.error(`Mail ${emailId} (${message.kind}) could not be made: ${reason}`);
    return { kind: "retry", reason };
  }
}
