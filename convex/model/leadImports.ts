import type { Infer } from "convex/values";
import { sunupError } from "../../lib/errors";
import { IMPORT_BATCH, mapsName, MAX_IMPORT_COLUMNS, MAX_IMPORT_ROWS } from "../../lib/leadImport";
import { type LeadForm, leadForm } from "../../lib/leads";
import { TEXT_LIMITS } from "../../lib/limits";
import type { Doc, Id } from "../_generated/dataModel";
import type { importedLead } from "../tables/leadImports";
import type { MemberCtx } from "../tenancy/functions";
import type { NewRow, ScopedWriter } from "../tenancy/scopedDb";
import { actorOf } from "./audit";
import { openCampaignX } from "./campaigns";
import { addLead, findDuplicates, updateLead } from "./leads";
import { readUsage, takeUsage } from "./usage";

export type NewImport = Pick<
  NewRow<"leadImports">,
  "fileName" | "fingerprint" | "rows" | "mapping" | "duplicates" | "campaignId"
>;
type ImportCtx = Pick<MemberCtx, "db" | "schedule" | "member" | "tenant">;
type ImportedLead = Infer<typeof importedLead>;
type Outcome = "created" | "updated" | "skipped" | "failed";

/** How far an import got. */
export type Progress = Pick<Doc<"leadImports">, "nextRow" | "status">;

/**
 * Begins an import, or answers with the unfinished one of the same file: two tabs at once and
 * the same file picked again go on with one import. Throws INVALID, NOT_FOUND, CONFLICT (campaign).
 */
export async function startImport(
  { db, member }: Pick<MemberCtx, "db" | "member">,
  { fileName, fingerprint, rows, mapping, duplicates, campaignId }: NewImport,
  now: number,
): Promise<Id<"leadImports">> {
  await openCampaignX(db, campaignId);
  if (!Number.isInteger(rows) || rows < 1 || rows > MAX_IMPORT_ROWS) {
    throw sunupError("INVALID", { message: `A file can have 1 to ${MAX_IMPORT_ROWS} rows.` });
  }
  if (!/^[0-9a-f]{64}$/.test(fingerprint)) throw sunupError("INVALID", { field: "fingerprint" });
  if (!mapsName(mapping) || mapping.length > MAX_IMPORT_COLUMNS) {
    throw sunupError("INVALID", { message: "Choose which column is the name.", field: "mapping" });
  }
  const last = await db
    .query("leadImports")
    .withIndex("by_tenant_fingerprint", (q) => q.eq("fingerprint", fingerprint))
    .order("desc")
    .first();
  if (last !== null && isOpen(last)) return last._id;
  return await db.insert("leadImports", {
    ...{ fingerprint, rows, mapping, duplicates, campaignId },
    fileName: fileName.slice(0, TEXT_LIMITS.address),
    status: "running",
    ...{ nextRow: 0, created: 0, updated: 0, skipped: 0, failed: 0 },
    startedBy: member._id,
    changedAt: now,
  });
}

/**
 * Takes in rows of an import, the first of which is row `from` of the file. Rows that are done
 * already are passed over, and rows behind a gap are not taken: whoever sends the same rows
 * again, or from two tabs at once, changes nothing twice. Stops exactly where the plan's limit
 * is reached. Throws NOT_FOUND, INVALID (too many rows), CONFLICT (archived campaign).
 */
export async function importRows(
  ctx: ImportCtx,
  importId: Id<"leadImports">,
  from: number,
  rows: ImportedLead[],
  now: number,
): Promise<Progress> {
  const { db } = ctx;
  const found = await db.getX("leadImports", importId);
  if (!Number.isInteger(from) || from < 0 || rows.length > IMPORT_BATCH) {
    throw sunupError("INVALID", { message: `Send at most ${IMPORT_BATCH} rows at a time.` });
  }
  if (from + rows.length > found.rows) throw sunupError("INVALID");
  const fresh = from > found.nextRow ? [] : rows.slice(found.nextRow - from);
  if (!isOpen(found) || fresh.length === 0) return progressOf(found);

  const { used, limit } = await readUsage(ctx, "leads", now);
  const room = limit === null ? Infinity : limit - used;
  const counts = { created: 0, updated: 0, skipped: 0, failed: 0 };
  let nextRow = found.nextRow;
  let full = false;
  for (const row of fresh) {
    const outcome = await importRow(ctx, found, nextRow, row, room - counts.created, now);
    full = outcome === null;
    if (outcome === null) break;
    counts[outcome] += 1;
    nextRow += 1;
  }
  if (counts.created > 0) await takeUsage(ctx, "leads", counts.created, now);
  const status = full ? "full" : nextRow === found.rows ? "done" : "running";
  await db.patch("leadImports", importId, {
    ...{ nextRow, status, changedAt: now },
    created: found.created + counts.created,
    updated: found.updated + counts.updated,
    skipped: found.skipped + counts.skipped,
    failed: found.failed + counts.failed,
  });
  return { nextRow, status };
}

/** Ends an import where it stands; the leads that are in stay. Twice changes nothing. Throws NOT_FOUND. */
export async function cancelImport(
  db: ScopedWriter,
  importId: Id<"leadImports">,
  now: number,
): Promise<void> {
  const found = await db.getX("leadImports", importId);
  if (!isOpen(found)) return;
  await db.patch("leadImports", importId, { status: "cancelled", changedAt: now });
}

/** What became of a row; null when the plan has no room for its lead. */
async function importRow(
  ctx: ImportCtx,
  { _id: importId, duplicates, campaignId }: Doc<"leadImports">,
  row: number,
  lead: ImportedLead,
  room: number,
  now: number,
): Promise<Outcome | null> {
  const { db, member } = ctx;
  const checked = leadForm.safeParse(lead);
  if (!checked.success) {
    const problem = checked.error.issues[0]?.message ?? "Something in this row is not right.";
    // Behind the headings, and counted from 1.
    await db.insert("leadImportProblems", { importId, line: row + 2, problem, lead });
    return "failed";
  }
  const known = await findDuplicates(db, checked.data);
  if (known.length > 0) {
    const open = known.find(({ status }) => status !== "converted");
    if (duplicates === "skip" || open === undefined) return "skipped";
    await updateLead(db, actorOf(member), open._id, given(checked.data), now);
    return "updated";
  }
  if (room <= 0) return null;
  const origin = { source: "import", createdBy: member._id, actor: actorOf(member) } as const;
  await addLead(ctx, checked.data, { ...origin, campaignId }, now);
  return "created";
}

/** What a row says: an empty cell takes nothing away from a lead that is there. */
function given(form: LeadForm): Partial<LeadForm> {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== ""));
}

function isOpen({ status }: Pick<Doc<"leadImports">, "status">): boolean {
  return status === "running" || status === "full";
}

function progressOf({ nextRow, status }: Doc<"leadImports">): Progress {
  return { nextRow, status };
}
