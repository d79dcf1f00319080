import { v } from "convex/values";
import { sunupError } from "../lib/errors";
import { signupMetadata } from "../lib/signup";
import { applyClerkEvent, parseClerkEvent, wasDeleted } from "./model/clerkEvents";
import { parseOrInvalid } from "./model/invalid";
import { provisionTenant } from "./model/provisioning";
import { systemMutation } from "./tenancy/functions";
import { planId } from "./tables/tenants";

/**
 * Stores and does one of Clerk's events, once per event id: a repeated delivery answers
 * with what the first one did. Called by the webhook route after it has checked the
 * signature. Throws only when the work itself failed, so that the sender tries again.
 */
export const receiveClerkEvent = systemMutation({
  args: { eventId: v.string(), body: v.string() },
  returns: v.object({ outcome: v.string(), repeated: v.boolean() }),
  handler: async (ctx, { eventId, body }) => {
    const known = await ctx.platform
      .query("webhookEvents")
      .withIndex("by_source_eventId", (q) => q.eq("source", "clerk").eq("eventId", eventId))
      .unique();
    if (known !== null) return { outcome: known.outcome, repeated: true };

    const event = parseClerkEvent(body);
    const result = event
      ? await applyClerkEvent(ctx, event, Date.now())
      : { outcome: "failed" as const, detail: "The body is not an event of Clerk's." };
    await ctx.platform.insert("webhookEvents", {
      source: "clerk",
      eventId,
      type: event?.type ?? "unknown",
      subject: event?.data.id,
      ...result,
    });
    return { outcome: result.outcome, repeated: false };
  },
});

/**
 * Sets up the company of a signed-in user whose webhook did not come. Called by
 * `onboarding.ensureTenant` with the token's own identity. Throws INVALID, NO_TENANT.
 */
export const ensureTenantOf = systemMutation({
  args: {
    clerkUserId: v.string(),
    email: v.string(),
    name: v.string(),
    companyName: v.string(),
    plan: planId,
  },
  returns: v.null(),
  handler: async (ctx, { companyName, plan, ...user }) => {
    if (await wasDeleted(ctx, user.clerkUserId)) {
      throw sunupError("NO_TENANT", { message: "This account was deleted." });
    }
    const wish = parseOrInvalid(signupMetadata, { companyName, plan });
    await provisionTenant(ctx, { ...user, ...wish, profileUpdatedAt: 0 }, Date.now());
    return null;
  },
});
