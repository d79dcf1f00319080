import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { sunupError } from "../../lib/errors";
import { TEXT_LIMITS } from "../../lib/limits";
import schema from "../schema";
import { staffMutation, staffQuery } from "../tenancy/functions";

const { fields } = schema.tables.staffNotes.validator;

/** What staff noted about a company, newest first. Staff: support. Throws UNAUTHENTICATED, NOT_FOUND. */
export const list = staffQuery({
  level: "support",
  args: { tenantId: v.id("tenants"), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(
    v.object({ ...fields, _id: v.id("staffNotes"), _creationTime: v.number() }),
  ),
  handler: async ({ platform }, { tenantId, paginationOpts }) =>
    await platform
      .query("staffNotes")
      .withIndex("by_tenant", (q) => q.eq("tenant", tenantId))
      .order("desc")
      .paginate(paginationOpts),
});

/** Notes something about a company. Staff: support. Throws NOT_FOUND, INVALID (text). */
export const add = staffMutation({
  level: "support",
  args: { tenantId: v.id("tenants"), text: v.string() },
  returns: v.id("staffNotes"),
  handler: async (ctx, { tenantId, text }) => {
    await ctx.tenantX(tenantId);
    const { _id: staffId, name: staffName } = ctx.staff;
    const note = { tenant: tenantId, staffId, staffName, text: requireText(text) };
    return await ctx.platform.insert("staffNotes", note);
  },
});

function requireText(given: string): string {
  const text = given.trim();
  if (text !== "" && text.length <= TEXT_LIMITS.notes) return text;
  throw sunupError("INVALID", {
    field: "text",
    message: `A note has from 1 to ${TEXT_LIMITS.notes.toLocaleString("en-US")} characters.`,
  });
}
