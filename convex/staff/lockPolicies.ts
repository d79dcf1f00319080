import { v } from "convex/values";
import * as model from "../model/telemetry/lockPolicy";
import { lockableAlert } from "../tables/security";
import { staffMutation, staffQuery } from "../tenancy/functions";

/** The kinds of alerts that lock a person out by themselves. Staff. Throws UNAUTHENTICATED, NOT_FOUND. */
export const list = staffQuery({
  level: "support",
  args: {},
  returns: v.array(lockableAlert),
  handler: (ctx) => model.lockingKinds(ctx),
});

/**
 * Whether new alerts of a kind lock the person out at once; saying the same again does nothing.
 * Owners. Throws UNAUTHENTICATED, NOT_FOUND.
 */
export const set = staffMutation({
  level: "owner",
  args: { kind: lockableAlert, locks: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { kind, locks }) => {
    await model.setLockPolicy(ctx, ctx.staff, kind, locks);
    return null;
  },
});
