import { v } from "convex/values";
import { nullable } from "convex-helpers/validators";
import { pick } from "convex-helpers";
import { MAX_CAMPAIGNS } from "../lib/campaigns";
import * as model from "./model/campaigns";
import { rotateToken, setFormOpen } from "./model/leadForm";
import { leadAssignment } from "./tables/leads";
import { assistedMutation, tenantQuery } from "./tenancy/functions";

/** Where leads come from, oldest first, archived ones too. Needs leads.read. */
export const list = tenantQuery({
  permission: "leads.read",
  args: {},
  returns: v.array(
    v.object({
      _id: v.id("campaigns"),
      name: v.string(),
      isDefault: v.boolean(),
      archivedAt: v.optional(v.number()),
    }),
  ),
  handler: async ({ db }) => {
    const campaigns = await db.query("campaigns").withIndex("by_tenant").take(MAX_CAMPAIGNS);
    return campaigns.map((each) => pick(each, ["_id", "name", "isDefault", "archivedAt"]));
  },
});

/** The campaigns with how they work and the keys of their forms. Needs campaigns.manage. */
export const settings = tenantQuery({
  permission: "campaigns.manage",
  args: {},
  returns: v.array(
    v.object({
      _id: v.id("campaigns"),
      name: v.string(),
      isDefault: v.boolean(),
      archivedAt: v.optional(v.number()),
      assignment: leadAssignment,
      turnIds: v.array(v.id("members")),
      /** The form's key, while the form is open. */
      formToken: nullable(v.string()),
    }),
  ),
  handler: async ({ db }) => {
    const campaigns = await db.query("campaigns").withIndex("by_tenant").take(MAX_CAMPAIGNS);
    return campaigns.map((each) => ({
      ...pick(each, ["_id", "name", "isDefault", "archivedAt", "assignment", "turnIds"]),
      formToken: each.formOpen ? (each.formToken ?? null) : null,
    }));
  },
});

/** Creates a campaign. Needs campaigns.manage. Throws INVALID, LIMIT_REACHED. */
export const create = assistedMutation({
  permission: "campaigns.manage",
  args: { name: v.string() },
  returns: v.id("campaigns"),
  handler: async (ctx, { name }) => await model.createCampaign(ctx, name),
});

/** Gives a campaign another name. Needs campaigns.manage. Throws NOT_FOUND, INVALID. */
export const rename = assistedMutation({
  permission: "campaigns.manage",
  args: { campaignId: v.id("campaigns"), name: v.string() },
  returns: v.null(),
  handler: async (ctx, { campaignId, name }) => {
    await model.renameCampaign(ctx, campaignId, name);
    return null;
  },
});

/**
 * Takes a campaign out of use: it keeps its leads, gets no new ones, and its form is not
 * available; `restore` undoes it. Needs campaigns.manage. Throws NOT_FOUND, CONFLICT (the default one).
 */
export const archive = assistedMutation({
  permission: "campaigns.manage",
  args: { campaignId: v.id("campaigns") },
  returns: v.null(),
  handler: async (ctx, { campaignId }) => {
    await model.setCampaignArchived(ctx, campaignId, true, Date.now());
    return null;
  },
});

/** Takes an archived campaign back into use. Needs campaigns.manage. Throws NOT_FOUND. */
export const restore = assistedMutation({
  permission: "campaigns.manage",
  args: { campaignId: v.id("campaigns") },
  returns: v.null(),
  handler: async (ctx, { campaignId }) => {
    await model.setCampaignArchived(ctx, campaignId, false, Date.now());
    return null;
  },
});

/**
 * Says who gets the campaign's new leads: whoever takes them, or these members in turn. Needs
 * campaigns.manage. Throws NOT_FOUND, INVALID, CONFLICT (a member without access).
 */
export const setAssignment = assistedMutation({
  permission: "campaigns.manage",
  args: {
    campaignId: v.id("campaigns"),
    assignment: leadAssignment,
    memberIds: v.array(v.id("members")),
  },
  returns: v.null(),
  handler: async (ctx, { campaignId, assignment, memberIds }) => {
    await model.setAssignment(ctx, campaignId, assignment, memberIds);
    return null;
  },
});

/** Turns the campaign's public form on. Needs campaigns.manage. Throws NOT_FOUND, CONFLICT (archived). */
export const openForm = assistedMutation({
  permission: "campaigns.manage",
  args: { campaignId: v.id("campaigns") },
  returns: v.null(),
  handler: async (ctx, { campaignId }) => {
    await setFormOpen(ctx, campaignId, true);
    return null;
  },
});

/** Turns it off; its address stays its own. Needs campaigns.manage. Throws NOT_FOUND. */
export const closeForm = assistedMutation({
  permission: "campaigns.manage",
  args: { campaignId: v.id("campaigns") },
  returns: v.null(),
  handler: async (ctx, { campaignId }) => {
    await setFormOpen(ctx, campaignId, false);
    return null;
  },
});

/** Gives the form another address; the old one leads nowhere any more. Needs campaigns.manage. Throws NOT_FOUND. */
export const rotateFormToken = assistedMutation({
  permission: "campaigns.manage",
  args: { campaignId: v.id("campaigns") },
  returns: v.null(),
  handler: async (ctx, { campaignId }) => {
    await rotateToken(ctx, campaignId);
    return null;
  },
});
