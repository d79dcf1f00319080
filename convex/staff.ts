import { v } from "convex/values";
import { sunupError } from "../lib/errors";
import { internal } from "./_generated/api";
import { findAccount } from "./model/clerkAccounts";
import * as model from "./model/staff";
import { staffLevel } from "./tables/staff";
import { staffQuery, systemAction, systemMutation } from "./tenancy/functions";

const LOOK_UP_LIMIT_MS = 10_000;

/** Oneself as staff. Staff only; to others it does not exist. Throws UNAUTHENTICATED, NOT_FOUND. */
export const me = staffQuery({
  level: "support",
  args: {},
  returns: v.object({ _id: v.id("staff"), name: v.string(), email: v.string(), level: staffLevel }),
  handler: ({ staff: { _id, name, email, level } }) => Promise.resolve({ _id, name, email, level }),
});

/**
 * Makes the owner of an account staff, or changes their level. For the command line:
 * `npx convex run staff:grant '{"email":"…","level":"owner"}'`. The account must exist at
 * Clerk, with that address confirmed. Throws NOT_FOUND, CONFLICT.
 */
export const grant = systemAction({
  args: { email: v.string(), level: staffLevel },
  returns: v.null(),
  handler: async ({ runMutation }, { email, level }): Promise<null> => {
    const account = await findAccount(email, AbortSignal.timeout(LOOK_UP_LIMIT_MS));
    if (account === null) {
      throw sunupError("NOT_FOUND", { message: `No account has the confirmed address ${email}.` });
    }
    return await runMutation(internal.staff.grantTo, { ...account, level });
  },
});

/** The writing half of `grant`. Throws CONFLICT. */
export const grantTo = systemMutation({
  args: { clerkUserId: v.string(), email: v.string(), name: v.string(), level: staffLevel },
  returns: v.null(),
  handler: async (ctx, { level, ...account }) => {
    await model.grant(ctx, null, account, level);
    return null;
  },
});

/** Ends somebody's being staff, by their Clerk user id. For the command line. Throws CONFLICT for the last owner. */
export const revoke = systemMutation({
  args: { clerkUserId: v.string() },
  returns: v.null(),
  handler: async (ctx, { clerkUserId }) => {
    await model.revoke(ctx, null, clerkUserId, Date.now());
    return null;
  },
});
