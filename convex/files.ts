import { v } from "convex/values";
import { pick } from "convex-helpers";
import { sunupError } from "../lib/errors";
import { FILE_KINDS, type FileRules } from "../lib/files";
import { internal } from "./_generated/api";
import { backgroundMutation, memberQuery, systemMutation } from "./tenancy/functions";

/**
 * A file for its download: what it is, and the address in storage, which stays inside the
 * deployment. Called by tenancy/fileDoor.ts on behalf of the member behind the token. Takes
 * any text, since it comes from an address: malformed, unknown and foreign ids are answered
 * alike. Throws NOT_FOUND, FORBIDDEN, and what keeps a member out.
 */
export const open = memberQuery({
  args: { fileId: v.string() },
  returns: v.object({
    _id: v.id("files"),
    name: v.string(),
    contentType: v.string(),
    size: v.number(),
    sha256: v.string(),
    url: v.string(),
  }),
  handler: async ({ db, permissions, fileUrl }, { fileId }) => {
    const file = await db.getByTextX("files", fileId);
    const { read }: FileRules = FILE_KINDS[file.kind];
    if (read !== "member" && !permissions.includes(read)) throw sunupError("FORBIDDEN");
    const url = await fileUrl(file);
    return { ...pick(file, ["_id", "name", "contentType", "size", "sha256"]), url };
  },
});

/** Forgets an upload whose time is over; scheduled when it starts. */
export const forgetUpload = backgroundMutation({
  args: { uploadId: v.id("fileUploads") },
  returns: v.null(),
  handler: async ({ files }, { uploadId }) => {
    await files.forgetUpload(uploadId);
    return null;
  },
});

/** Removes stored files that nobody claimed, batch by batch. Runs every hour. */
export const sweep = systemMutation({
  args: {},
  returns: v.null(),
  handler: async ({ sweepFiles, schedule }) => {
    if (await sweepFiles(Date.now())) await schedule.after(0, internal.files.sweep, {});
    return null;
  },
});
