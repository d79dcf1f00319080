import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals, nullable } from "convex-helpers/validators";
import { DUPLICATE_RULES, IMPORT_FIELDS, IMPORT_STATUSES } from "../../lib/leadImport";

export const importStatus = literals(...IMPORT_STATUSES);
export const importMapping = v.array(nullable(literals(...IMPORT_FIELDS)));
export const duplicateRule = literals(...DUPLICATE_RULES);

/** A lead as a row of a file gives it, not yet checked. Empty text stands for nothing. */
export const importedLead = v.object({
  name: v.string(),
  email: v.string(),
  phone: v.string(),
  address: v.string(),
  notes: v.string(),
});

/**
 * A file of leads that is taken in batch by batch. The file stays in the browser; how far it
 * got stands here, so that the same file goes on where it stopped, in any browser.
 */
export const leadImports = defineTable({
  tenantId: v.id("tenants"),
  fileName: v.string(),
  /** Hexadecimal SHA-256 of the file: tells whether it is the same one again. */
  fingerprint: v.string(),
  /** Rows of the file, without its headings. */
  rows: v.number(),
  mapping: importMapping,
  duplicates: duplicateRule,
  campaignId: v.id("campaigns"),
  status: importStatus,
  /** The first row that is not taken in yet, counted from 0. All before it are done for good. */
  nextRow: v.number(),
  created: v.number(),
  updated: v.number(),
  skipped: v.number(),
  failed: v.number(),
  startedBy: v.id("members"),
  changedAt: v.number(),
})
  // Not covered by the next one: this is the list, newest first.
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_fingerprint", ["tenantId", "fingerprint"]);

/** A row that could not be taken in, and why. */
export const leadImportProblems = defineTable({
  tenantId: v.id("tenants"),
  importId: v.id("leadImports"),
  /** Line of the table as a spreadsheet counts: the headings are 1. */
  line: v.number(),
  problem: v.string(),
  lead: importedLead,
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_import", ["tenantId", "importId", "line"]);
