import { v } from "convex/values";
import { sunupError } from "../lib/errors";
import { signupMetadata } from "../lib/signup";
import { wasDeleted } from "./model/clerkEvents";
import { parseOrInvalid } from "./model/invalid";
import { elsewhere, mayFoundHere } from "./model/placements";
import { provisionTenant } from "./model/provisioning";
import { systemMutation } from "./tenancy/functions";
import { planId } from "./tables/tenants";

/**
 * Sets up the company of a signed-in user whose webhook did not come. Called by
 * `onboarding.ensureTenant` with the token's own identity. Throws INVALID, ACCOUNT_DELETED,
 * CONFLICT (staff, or whose company is for another deployment).
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
    if (await wasDeleted(ctx, user.clerkUserId)) throw sunupError("ACCOUNT_DELETED");
    if ((await ctx.findStaff(user.clerkUserId)) !== null) {
      throw sunupError("CONFLICT", { message: "Sunup's staff found no company." });
    }
    if (!(await mayFoundHere(ctx, user))) throw elsewhere();
    const wish = parseOrInvalid(signupMetadata, { companyName, plan });
    await provisionTenant(ctx, { ...user, ...wish, profileUpdatedAt: 0 }, Date.now());
    return null;
  },
});
