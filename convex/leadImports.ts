import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { omit, pick } from "convex-helpers";
import type { Doc } from "./_generated/dataModel";
import * as model from "./model/leadImports";
import { duplicateRule, importedLead, importMapping, importStatus } from "./tables/leadImports";
import { tenantMutation, tenantQuery } from "./tenancy/functions";

const progress = { nextRow: v.number(), status: importStatus };

const shownImport = v.object({
  _id: v.id("leadImports"),
  _creationTime: v.number(),
  fileName: v.string(),
  fingerprint: v.string(),
  rows: v.number(),
  mapping: importMapping,
  duplicates: duplicateRule,
  campaignId: v.id("campaigns"),
  ...progress,
  created: v.number(),
  updated: v.number(),
  skipped: v.number(),
  failed: v.number(),
  changedAt: v.number(),
});

const MAX_SHOWN = 10;

/** The latest imports, newest first, at most ten. Needs leads.write. */
export const recent = tenantQuery({
  permission: "leads.write",
  args: {},
  returns: v.array(shownImport),
  handler: async ({ db }) => {
    const rows = await db.query("leadImports").withIndex("by_tenant").order("desc").take(MAX_SHOWN);
    return rows.map(shown);
  },
});

/** One import, for its progress. Needs leads.write. Throws NOT_FOUND. */
export const get = tenantQuery({
  permission: "leads.write",
  args: { importId: v.id("leadImports") },
  returns: shownImport,
  handler: async ({ db }, { importId }) => shown(await db.getX("leadImports", importId)),
});

/** The rows that could not be taken in, in the file's order. Needs leads.write. Throws NOT_FOUND. */
export const problems = tenantQuery({
  permission: "leads.write",
  args: { importId: v.id("leadImports"), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(
    v.object({ line: v.number(), problem: v.string(), lead: importedLead }),
  ),
  handler: async ({ db }, { importId, paginationOpts }) => {
    await db.getX("leadImports", importId);
    const result = await db
      .query("leadImportProblems")
      .withIndex("by_tenant_import", (q) => q.eq("importId", importId))
      .paginate(paginationOpts);
    return { ...result, page: result.page.map((row) => pick(row, ["line", "problem", "lead"])) };
  },
});

/**
 * Begins an import, or answers with the unfinished one of the same file. Needs leads.write.
 * Throws INVALID, NOT_FOUND, CONFLICT (archived campaign).
 */
export const start = tenantMutation({
  permission: "leads.write",
  cost: 10,
  args: {
    fileName: v.string(),
    fingerprint: v.string(),
    rows: v.number(),
    mapping: importMapping,
    duplicates: duplicateRule,
    campaignId: v.id("campaigns"),
  },
  returns: v.id("leadImports"),
  handler: async (ctx, fields) => await model.startImport(ctx, fields, Date.now()),
});

/**
 * Takes in the next rows of a file; `from` is the first one's place, counted from 0. Sending
 * them again changes nothing. Needs leads.write. Throws NOT_FOUND, INVALID, CONFLICT.
 */
export const addRows = tenantMutation({
  permission: "leads.write",
  args: { importId: v.id("leadImports"), from: v.number(), rows: v.array(importedLead) },
  returns: v.object(progress),
  handler: async (ctx, { importId, from, rows }) =>
    await model.importRows(ctx, importId, from, rows, Date.now()),
});

/** Ends an import where it stands; what is in stays. Needs leads.write. Throws NOT_FOUND. */
export const cancel = tenantMutation({
  permission: "leads.write",
  args: { importId: v.id("leadImports") },
  returns: v.null(),
  handler: async ({ db }, { importId }) => {
    await model.cancelImport(db, importId, Date.now());
    return null;
  },
});

function shown(row: Doc<"leadImports">) {
  return omit(row, ["tenantId", "startedBy"]);
}
