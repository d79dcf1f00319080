import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { sunupError } from "../../lib/errors";
import { TEXT_LIMITS } from "../../lib/limits";
import type { Id } from "../_generated/dataModel";
import schema from "../schema";
import { type StaffCtx, staffMutation, staffQuery } from "../tenancy/functions";

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

/**
 * Notes something about a company; `corrects` is the own note in whose place it stands. Nothing is
 * overwritten: the older one stays for whoever wants to know. Staff: support. Throws NOT_FOUND,
 * INVALID (text), FORBIDDEN (somebody else's note), STALE (corrected already).
 */
export const add = staffMutation({
  level: "support",
  args: {
    tenantId: v.id("tenants"),
    text: v.string(),
    corrects: v.optional(v.id("staffNotes")),
  },
  returns: v.id("staffNotes"),
  handler: async (ctx, { tenantId, text, corrects }) => {
    await ctx.tenantX(tenantId);
    const { _id: staffId, name: staffName } = ctx.staff;
    const note = { tenant: tenantId, staffId, staffName, text: requireText(text) };
    if (corrects === undefined) return await ctx.platform.insert("staffNotes", note);
    await requireCorrectable(ctx, tenantId, corrects);
    return await ctx.platform.insert("staffNotes", { ...note, corrects });
  },
});

async function requireCorrectable(
  { platform, staff }: StaffCtx,
  tenantId: Id<"tenants">,
  noteId: Id<"staffNotes">,
): Promise<void> {
  const note = await platform.get("staffNotes", noteId);
  if (note?.tenant !== tenantId) throw sunupError("NOT_FOUND");
  if (note.staffId !== staff._id) {
    throw sunupError("FORBIDDEN", { message: "Only who wrote a note corrects it." });
  }
  const newer = await platform
    .query("staffNotes")
    .withIndex("by_corrects", (q) => q.eq("corrects", noteId))
    .first();
  if (newer !== null) throw sunupError("STALE");
}

function requireText(given: string): string {
  const text = given.trim();
  if (text !== "" && text.length <= TEXT_LIMITS.notes) return text;
  throw sunupError("INVALID", {
    field: "text",
    message: `A note has from 1 to ${TEXT_LIMITS.notes.toLocaleString("en-US")} characters.`,
  });
}
