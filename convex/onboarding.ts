import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { sunupError } from "../lib/errors";
import { TEXT_LIMITS } from "../lib/limits";
import { internal } from "./_generated/api";
import { planId } from "./tables/tenants";
import { signedInMutation, signedInQuery } from "./tenancy/functions";

/**
 * How far the setting-up of one's company is, live. Anyone signed in. Throws UNAUTHENTICATED.
 * The steps come true together, since the company is made in one transaction.
 */
export const status = signedInQuery({
  args: {},
  returns: v.object({
    /** `staff`: one of Sunup's own people, who found no company. */
    status: literals("waiting", "ready", "staff"),
    steps: v.object({
      account: v.boolean(),
      workspace: v.boolean(),
      pipeline: v.boolean(),
      campaign: v.boolean(),
      administrator: v.boolean(),
    }),
  }),
  handler: async ({ own, isStaff }) => {
    if (own === null) {
      return {
        status: (await isStaff()) ? ("staff" as const) : ("waiting" as const),
        steps: {
          account: true,
          workspace: false,
          pipeline: false,
          campaign: false,
          administrator: false,
        },
      };
    }
    const [stage, campaign] = await Promise.all([
      own.db.query("pipelineStages").withIndex("by_tenant_order").first(),
      own.db.query("campaigns").withIndex("by_tenant").first(),
    ]);
    return {
      status: "ready" as const,
      steps: {
        account: true,
        workspace: true,
        pipeline: stage !== null,
        campaign: campaign !== null,
        administrator: own.member.roles.length > 0,
      },
    };
  },
});

/**
 * Sets up one's own company when the webhook has not done it yet; does nothing when it
 * has. Anyone signed in with a confirmed e-mail address; the user comes from the token,
 * only the company's name and the wished plan from the browser.
 * Throws UNAUTHENTICATED, EMAIL_NOT_VERIFIED, INVALID, ACCOUNT_DELETED.
 */
export const ensureTenant = signedInMutation({
  args: { companyName: v.string(), plan: planId },
  returns: v.null(),
  handler: async ({ identity, runMutation }, { companyName, plan }): Promise<null> => {
    const { subject, email, emailVerified, name } = identity;
    if (email === undefined || emailVerified !== true) throw sunupError("EMAIL_NOT_VERIFIED");
    return await runMutation(internal.provisioning.ensureTenantOf, {
      clerkUserId: subject,
      email,
      name: (name?.trim() || email).slice(0, TEXT_LIMITS.personName),
      companyName,
      plan,
    });
  },
});
