import { v } from "convex/values";
import { internal } from "../_generated/api";
import { followUp } from "../model/archives";
import { followUpRestore } from "../model/restores";
import { backgroundMutation, systemMutation } from "../tenancy/functions";

/** Archives and restorings of one sweep; when there are more, the next one follows at once. */
const SWEEP_SIZE = 50;

/** Follows up archives and restorings of any company whose time has come. Every minute. */
export const sweep = systemMutation({
  args: {},
  returns: v.number(),
  handler: async (ctx) => {
    const now = Date.now();
    const due = await ctx.dueWork(now, SWEEP_SIZE);
    for (const each of due) {
      // Opens a tenant: the one whose archive is due, which the platform's index names.
      const tenant = ctx.forTenant(each.tenantId);
      if (each.kind === "archive") await followUp(tenant, each._id, now);
      else await followUpRestore(tenant, each._id, now);
    }
    if (due.length >= SWEEP_SIZE) await ctx.schedule.after(0, internal.archives.upkeep.sweep, {});
    return due.length;
  },
});

/** Removes the stored bytes of an archive that is over, batch by batch. */
export const empty = backgroundMutation({
  args: { archiveId: v.id("archives") },
  returns: v.null(),
  handler: async ({ db, segments, schedule }, { archiveId }) => {
    const archive = await db.get("archives", archiveId);
    if (archive?.state !== "expired" && archive?.state !== "failed") return null;
    if (await segments.removeSome(archiveId)) {
      await schedule.after(0, internal.archives.upkeep.empty, { archiveId });
    }
    return null;
  },
});
