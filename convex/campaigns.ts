import { v } from "convex/values";
import { pick } from "convex-helpers";
import { tenantQuery } from "./tenancy/functions";

const MAX_CAMPAIGNS = 100;

/** Where leads come from, oldest first. Needs leads.read. */
export const list = tenantQuery({
  permission: "leads.read",
  args: {},
  returns: v.array(v.object({ _id: v.id("campaigns"), name: v.string(), isDefault: v.boolean() })),
  handler: async ({ db }) => {
    const campaigns = await db.query("campaigns").withIndex("by_tenant").take(MAX_CAMPAIGNS);
    return campaigns.map((campaign) => pick(campaign, ["_id", "name", "isDefault"]));
  },
});
