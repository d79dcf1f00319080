import { v } from "convex/values";
import * as model from "../model/locks";
import { staffMutation } from "../tenancy/functions";

const named = { tenantId: v.id("tenants"), memberId: v.id("members"), reason: v.string() };

/**
 * Locks a member's account at once; the company's administrators read the reason. Operators.
 * Throws NOT_FOUND, INVALID (reason), CONFLICT (locked already).
 */
export const lockMember = staffMutation({
  level: "operator",
  args: named,
  returns: v.null(),
  handler: async (ctx, { reason, ...member }) => {
    await model.lockMember(ctx, member, reason, Date.now());
    return null;
  },
});

/** Takes the lock away; without one it does nothing. Operators. Throws NOT_FOUND, INVALID (reason). */
export const unlockMember = staffMutation({
  level: "operator",
  args: named,
  returns: v.null(),
  handler: async (ctx, { reason, ...member }) => {
    await model.unlockMember(ctx, member, reason, Date.now());
    return null;
  },
});
