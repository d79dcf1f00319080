import { v } from "convex/values";
import { nullable } from "convex-helpers/validators";
import * as model from "./model/company";
import { licence } from "./tables/company";
import { announcedFile, claim, startedUpload } from "./tables/files";
import { assistedMutation, tenantMutation, tenantQuery } from "./tenancy/functions";

const form = {
  name: v.string(),
  address: v.string(),
  phone: v.string(),
  website: v.string(),
  licences: v.array(licence),
  timeZone: v.string(),
};

/** The company's profile, who changed it last, and the logo. Needs settings.manage. */
export const profile = tenantQuery({
  permission: "settings.manage",
  args: {},
  returns: v.object({
    ...form,
    revision: v.number(),
    changedByName: v.optional(v.string()),
    changedAt: v.optional(v.number()),
    logo: nullable(v.object({ _id: v.id("files"), name: v.string() })),
  }),
  handler: async ({ db, tenant }) => await model.profileForm(db, tenant),
});

/**
 * Saves the profile; `revision` is the one that the form started from. Needs
 * settings.manage. Throws INVALID, STALE (somebody else saved since).
 */
export const saveProfile = assistedMutation({
  permission: "settings.manage",
  args: { revision: v.number(), ...form },
  returns: v.null(),
  handler: async (ctx, { revision, ...fields }) => {
    await model.saveProfile(ctx, revision, fields, Date.now());
    return null;
  },
});

/** An address to send the logo to. Needs settings.manage. Throws INVALID, CONFLICT. */
export const startLogoUpload = tenantMutation({
  permission: "settings.manage",
  args: { file: announcedFile },
  returns: startedUpload,
  handler: async ({ files }, { file }) => await files.startUpload("logo", file),
});

/**
 * Makes the sent file the logo, in place of `replaces`. Needs settings.manage. Throws
 * NOT_FOUND, STALE (somebody else changed the logo since); answers with a refusal when the
 * file may not be one.
 */
export const setLogo = tenantMutation({
  permission: "settings.manage",
  args: {
    uploadId: v.id("fileUploads"),
    storageId: v.id("_storage"),
    replaces: nullable(v.id("files")),
  },
  returns: claim,
  handler: async (ctx, upload) => await model.setLogo(ctx, upload, Date.now()),
});

/** Removes the logo. Needs settings.manage. Throws NOT_FOUND, STALE. */
export const removeLogo = tenantMutation({
  permission: "settings.manage",
  args: { fileId: v.id("files") },
  returns: v.null(),
  handler: async (ctx, { fileId }) => {
    await model.removeLogo(ctx, fileId);
    return null;
  },
});
