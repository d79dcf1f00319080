import { v } from "convex/values";
import * as model from "./model/savedViews";
import { viewFilter } from "./tables/savedViews";
import { personalQuery, tenantMutation } from "./tenancy/functions";

const viewId = v.id("savedViews");

/** One's own views of the projects and those that colleagues share, by name. Needs projects.read. */
export const list = personalQuery({
  permission: "projects.read",
  args: {},
  returns: v.array(
    v.object({
      _id: viewId,
      name: v.string(),
      shared: v.boolean(),
      filter: viewFilter,
      isOwn: v.boolean(),
      /** Whether the caller may rename, share and remove it. */
      mayChange: v.boolean(),
    }),
  ),
  handler: async (ctx) => await model.viewsOf(ctx),
});

/**
 * Keeps a view, for oneself or for everybody in the company; at most 30 each. Needs
 * projects.read. Throws INVALID, NOT_FOUND (stage or owner in the filter), LIMIT_REACHED.
 */
export const save = tenantMutation({
  permission: "projects.read",
  args: { name: v.string(), shared: v.boolean(), filter: viewFilter },
  returns: viewId,
  handler: async (ctx, view) => await model.saveView(ctx, view),
});

/**
 * Renames a view of one's own, or, with settings.manage, a shared one. Needs projects.read.
 * Throws NOT_FOUND, FORBIDDEN, INVALID.
 */
export const rename = tenantMutation({
  permission: "projects.read",
  args: { viewId, name: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    await model.renameView(ctx, args.viewId, args.name);
    return null;
  },
});

/**
 * Shows a view to everybody in the company, or to its owner alone again: one's own, or, with
 * settings.manage, a shared one. Needs projects.read. Throws NOT_FOUND, FORBIDDEN, LIMIT_REACHED.
 */
export const share = tenantMutation({
  permission: "projects.read",
  args: { viewId, shared: v.boolean() },
  returns: v.null(),
  handler: async (ctx, args) => {
    await model.shareView(ctx, args.viewId, args.shared);
    return null;
  },
});

/**
 * Removes a view of one's own, or, with settings.manage, a shared one; saving it again is the
 * way back. Needs projects.read. Throws NOT_FOUND, FORBIDDEN.
 */
export const remove = tenantMutation({
  permission: "projects.read",
  args: { viewId },
  returns: v.null(),
  handler: async (ctx, args) => {
    await model.removeView(ctx, args.viewId);
    return null;
  },
});
