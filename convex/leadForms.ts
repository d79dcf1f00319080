import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { SENDING_OUTCOMES } from "../lib/leadForm/answers";
import { isAvailable, receiveSending } from "./model/leadForm";
import { guestQuery, systemMutation } from "./tenancy/functions";

/**
 * The company whose form has this token, for whoever opens its address. Unknown, turned off, of an
 * archived campaign or of a company that is shut: null alike.
 */
export const show = guestQuery({
  args: { token: v.string() },
  returns: v.union(v.object({ companyName: v.string() }), v.null()),
  handler: async ({ openLeadForm }, { token }) => {
    const found = await openLeadForm(token);
    if (found === null || !isAvailable(found.campaign, found.tenant)) return null;
    return { companyName: found.tenant.name };
  },
});

/**
 * Takes in what somebody sent through a form. Its token alone says whose lead it becomes.
 * Called by the route /webhooks/leadForm. Throws INVALID.
 */
export const receive = systemMutation({
  args: {
    token: v.string(),
    answers: v.object({
      name: v.string(),
      email: v.string(),
      phone: v.string(),
      address: v.string(),
      message: v.string(),
    }),
    sending: v.string(),
    visitor: v.optional(v.string()),
  },
  returns: literals(...SENDING_OUTCOMES),
  handler: async (ctx, { token, ...sending }) => {
    const campaign = await ctx.findLeadForm(token);
    const tenant = campaign && (await ctx.platform.get("tenants", campaign.tenantId));
    if (campaign === null || tenant === null) return "unavailable" as const;
    // Opens a tenant: the one whose campaign has this form, to leave a lead there.
    const own = ctx.forTenant(tenant._id);
    return await receiveSending({ ...own, tenant }, campaign, sending, Date.now());
  },
});
