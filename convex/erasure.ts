import { v } from "convex/values";
import { nullable } from "convex-helpers/validators";
import { internal } from "./_generated/api";
import { advanceErasure, sweepErasures } from "./model/erasure";
import { accountsToClose, forgetAccounts } from "./model/erasureAccounts";
import { closeElsewhere } from "./model/erasureElsewhere";
import { eraseClosedCompanies } from "./model/erasureRequests";
import { systemAction, systemMutation } from "./tenancy/functions";

/** One batch of an erasure, by its number: whoever comes with another one changes nothing. */
const batch = { erasureId: v.id("erasures"), step: v.number() };

/** Does the next batch of an erasure. Scheduled by itself. */
export const advance = systemMutation({
  args: batch,
  returns: v.null(),
  handler: async (ctx, at) => {
    await advanceErasure(ctx, at, Date.now());
    return null;
  },
});

/** Closes the company's next accounts at Stripe and Clerk. Scheduled by `advance`. */
export const closeAccounts = systemAction({
  args: batch,
  returns: v.null(),
  handler: async (ctx, at) => {
    const accounts = await ctx.runMutation(internal.erasure.openAccounts, at);
    if (accounts === null) return null;
    const closed = await closeElsewhere(accounts);
    await ctx.runMutation(internal.erasure.recordClosed, { ...at, closed });
    return null;
  },
});

/** The accounts that are closed next; null when that batch is over. */
export const openAccounts = systemMutation({
  args: batch,
  returns: nullable(
    v.object({
      customers: v.array(
        v.object({ rowId: v.id("billingAccounts"), customer: nullable(v.string()) }),
      ),
      invitations: v.array(
        v.object({ rowId: v.id("invitations"), clerkInvitationId: nullable(v.string()) }),
      ),
      members: v.array(v.object({ rowId: v.id("members"), clerkUserId: nullable(v.string()) })),
    }),
  ),
  handler: (ctx, at) => accountsToClose(ctx, at),
});

/** Notes which accounts are closed, and why the rest is not. */
export const recordClosed = systemMutation({
  args: {
    ...batch,
    closed: v.object({
      customers: v.array(v.id("billingAccounts")),
      invitations: v.array(v.id("invitations")),
      members: v.array(v.id("members")),
      problem: v.optional(v.string()),
    }),
  },
  returns: v.null(),
  handler: async (ctx, { closed, ...at }) => {
    const { problem, ...done } = closed;
    await forgetAccounts(ctx, { ...at, closed: { ...done, problem } }, Date.now());
    return null;
  },
});

/** Goes on with erasures of which a batch was lost, or which waited. A cron calls it every minute. */
export const sweep = systemMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    await sweepErasures(ctx, Date.now());
    return null;
  },
});

/** Begins to erase companies that were closed long enough ago. A cron calls it every hour. */
export const eraseClosed = systemMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    if (await eraseClosedCompanies(ctx, Date.now())) {
      await ctx.schedule.after(0, internal.erasure.eraseClosed, {});
    }
    return null;
  },
});
