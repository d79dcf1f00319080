import { v } from "convex/values";
import { startArchive } from "../model/archives";
import { requireReason } from "../model/reason";
import { recordStaffAction, staffActor } from "../model/staffAudit";
import { staffMutation } from "../tenancy/functions";

/**
 * Begins an archive of a company on behalf of it, or answers with the one that is being written:
 * its administrators get the mail and the download. Kept in both trails. Staff: operator. Throws
 * UNAUTHENTICATED, NOT_FOUND, INVALID (reason), CONFLICT (too many).
 */
export const start = staffMutation({
  level: "operator",
  args: { tenantId: v.id("tenants"), reason: v.string() },
  returns: v.id("archives"),
  handler: async (ctx, { tenantId, reason: given }) => {
    const { staff } = ctx;
    const tenant = await ctx.tenantX(tenantId);
    const reason = requireReason(given);
    // Opens a tenant: the one that staff named, for a step that both trails keep.
    const open = { ...ctx.forTenant(tenantId), tenant };
    const archiveId = await startArchive(open, { actor: staffActor(staff), reason }, Date.now());
    const line = { action: "tenant.exported", tenant: tenantId, subject: tenant.name } as const;
    await recordStaffAction(ctx, staff, { ...line, reason });
    return archiveId;
  },
});
