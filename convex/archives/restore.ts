import { jsonToConvex, v } from "convex/values";
import { literals, nullable } from "convex-helpers/validators";
import { pick } from "convex-helpers";
import type { Manifest } from "../../lib/archive/manifest";
import { RESTORE_STATES } from "../../lib/archive/states";
import { sunupError } from "../../lib/errors";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import {
  ArchiveProblem,
  checkNext,
  readFile,
  readLines,
  readManifest,
  type ReadBytes,
  restoredTables,
} from "../model/archiveReader";
import { LEASE_MS } from "../model/archives";
import { requireReason } from "../model/reason";
import * as model from "../model/restores";
import { recordStaffAction } from "../model/staffAudit";
import { restorePlace } from "../tables/archives";
import { schemaFingerprint } from "../tenancy/archive/fingerprint";
import { type ArchivedRow, idsOfRow } from "../tenancy/archive/remap";
import { lateFields } from "../tenancy/archive/tables";
import {
  archiveAction,
  backgroundMutation,
  backgroundQuery,
  type SystemCtx,
  systemMutation,
} from "../tenancy/functions";
import type { TenantTable } from "../tenancy/tables";

/**
 * Restoring an archive into a new company, by Sunup's staff at the command line: `upload`, then
 * `begin`, and `read` says how far it is. First everything is read and checked, piece by piece, as
 * far as an action's time goes; then rows are
 * written in the order of their references, each batch once (its place is taken in the same
 * transaction); then what refers forward is added; then what was remembered is forgotten.
 */

/** Rows of one transaction. */
const BATCH = 100;

/** After so long an action hands on to the next one. Milliseconds. */
const SHIFT_MS = 4 * 60_000;

/** How far the check is, is kept so often: well within the lease of the work. Milliseconds. */
const KEEP_MS = 10_000;

/**
 * An address that takes the archive's bytes for an hour: POST them, and `begin` with the id that
 * comes back. `company` is a company's address name (slug), as the console shows it. Throws NOT_FOUND.
 */
export const upload = systemMutation({
  args: { company: v.string() },
  returns: v.string(),
  handler: async (ctx, { company }) => {
    const tenant = await companyX(ctx, company);
    // Opens a tenant: the one that the command line named.
    return await ctx.forTenant(tenant._id).segments.uploadUrl();
  },
});

/**
 * Begins to restore the uploaded archive into the company, which must be as sign-up left it. Kept in
 * both trails. Throws NOT_FOUND (company, upload), INVALID (reason), CONFLICT (company not new).
 */
export const begin = systemMutation({
  args: { company: v.string(), storageId: v.id("_storage"), reason: v.string() },
  returns: v.object({ tenantId: v.id("tenants"), restoreId: v.id("restores") }),
  handler: async (ctx, { company, storageId, reason: given }) => {
    const reason = requireReason(given);
    const tenant = await companyX(ctx, company);
    // Opens a tenant: the one that the command line named, for a step that both trails keep.
    const open = { ...ctx.forTenant(tenant._id), tenant };
    const restoreId = await model.beginRestore(open, { storageId, reason }, Date.now());
    const line = { action: "tenant.restored", tenant: tenant._id, subject: tenant.name } as const;
    await recordStaffAction(ctx, null, { ...line, reason });
    return { tenantId: tenant._id, restoreId };
  },
});

async function companyX({ platform }: SystemCtx, slug: string): Promise<Doc<"tenants">> {
  const found = await platform
    .query("tenants")
    .withIndex("by_slug", (q) => q.eq("slug", slug))
    .first();
  if (found === null || found.erasingSince !== undefined || found.status === "closed") {
    throw sunupError("NOT_FOUND", { message: `There is no open company "${slug}".` });
  }
  return found;
}

/** How far a restoring is, or what became of it. */
export const read = backgroundQuery({
  args: { restoreId: v.id("restores") },
  returns: v.object({
    state: literals(...RESTORE_STATES),
    archiveId: v.id("archives"),
    bytes: v.number(),
    place: restorePlace,
    rows: v.number(),
    files: v.number(),
    leftOut: v.number(),
    problem: nullable(v.string()),
  }),
  handler: async ({ db }, { restoreId }) => {
    const restore = await db.getX("restores", restoreId);
    const { progress } = await db.getX("archives", restore.archiveId);
    const counts = pick(restore, ["state", "archiveId", "place", "rows", "files", "leftOut"]);
    return { ...counts, bytes: progress.bytes, problem: restore.problem ?? null };
  },
});

/** Keeps how far the check is; false when another hand was faster. */
export const checked = backgroundMutation({
  args: { restoreId: v.id("restores"), from: restorePlace, next: restorePlace },
  returns: v.boolean(),
  handler: async (ctx, args) => await model.keepChecked(ctx, args, Date.now()),
});

/** Ends the check: rows are written from here on, or the archive is refused for this reason. */
export const settle = backgroundMutation({
  args: { restoreId: v.id("restores"), problem: nullable(v.string()) },
  returns: v.null(),
  handler: async (ctx, { restoreId, problem }) => {
    if (problem === null) await model.beginWriting(ctx, restoreId, Date.now());
    else await model.stopRestore(ctx, restoreId, problem, Date.now());
    return null;
  },
});

const batch = {
  restoreId: v.id("restores"),
  state: literals("writing", "linking"),
  place: restorePlace,
  next: restorePlace,
  table: v.string(),
  lines: v.array(v.string()),
  /** The stored files that these rows name, by their ids in the archive. */
  blobs: v.record(v.string(), v.id("_storage")),
};

/** Writes or links one batch; false when another hand was faster. */
export const apply = backgroundMutation({
  args: batch,
  returns: v.boolean(),
  handler: async ({ db, restoring }, { restoreId, state, place, next, table, lines, blobs }) => {
    const restore = await db.get("restores", restoreId);
    if (!model.standsAt(restore, state, place)) return false;
    const rows = lines.map((line) => jsonToConvex(JSON.parse(line) as never) as ArchivedRow);
    const change = { place: next, dueAt: Date.now() + LEASE_MS, lost: 0 };
    if (state === "linking") {
      await restoring.link(table as TenantTable, rows);
      await db.patch("restores", restoreId, change);
      return true;
    }
    const written = await restoring.write(table as TenantTable, rows, blobs);
    await db.patch("restores", restoreId, {
      ...change,
      rows: restore.rows + written,
      files: restore.files + Object.keys(blobs).length,
      leftOut: restore.leftOut + rows.length - written,
    });
    return true;
  },
});

/** Goes on with the next step of the work. */
export const advance = backgroundMutation({
  args: { restoreId: v.id("restores"), state: literals("linking", "cleaning") },
  returns: v.null(),
  handler: async (ctx, { restoreId, state }) => {
    await model.advance(ctx, restoreId, state, Date.now());
    return null;
  },
});

/** Goes on after an action's time is over. */
export const goOn = backgroundMutation({
  args: { restoreId: v.id("restores") },
  returns: v.null(),
  handler: async ({ schedule }, { restoreId }) => {
    await schedule.after(0, internal.archives.restore.work, { restoreId });
    return null;
  },
});

/** Forgets which row became which, batch by batch, and then has the company's figures counted. */
export const tidy = backgroundMutation({
  args: { restoreId: v.id("restores") },
  returns: v.null(),
  handler: async (ctx, { restoreId }) => {
    const { db, schedule, restoring } = ctx;
    const restore = await db.getX("restores", restoreId);
    if (restore.state !== "cleaning") return null;
    const now = Date.now();
    if (await restoring.forgetSome()) {
      await db.patch("restores", restoreId, { dueAt: now + LEASE_MS });
      await schedule.after(0, internal.archives.restore.tidy, { restoreId });
      return null;
    }
    await model.finishRestore(ctx, restore, now);
    await schedule.after(0, internal.usageCheck.check, {});
    await schedule.after(0, internal.stageRecount.run, {});
    return null;
  },
});

/** Works at a restoring until it is done, refused or the action's time is over. */
export const work = archiveAction({
  args: { restoreId: v.id("restores") },
  returns: v.null(),
  handler: async ({ tenantId, bytes, runQuery, runMutation }, { restoreId }) => {
    const until = Date.now() + SHIFT_MS;
    const own = { tenantId, restoreId };
    const state = () => runQuery(internal.archives.restore.read, own);
    let restore = await state();
    if (["done", "refused", "failed"].includes(restore.state)) return null;
    const readBytes: ReadBytes = (from, to) => bytes.ofArchive(restore.archiveId, from, to);
    try {
      const manifest = await readManifest(readBytes, restore.bytes, await schemaFingerprint());
      const fileOf = new Map(manifest.files.map((file) => [file.id, file]));
      if (restore.state === "checking") {
        if (!(await isChecked(readBytes, manifest, restore.place))) return null;
        await runMutation(internal.archives.restore.settle, { ...own, problem: null });
        restore = await state();
      }
      while (restore.state === "writing" || restore.state === "linking") {
        const step = await nextBatch(readBytes, manifest, restore.state, restore.place);
        if (step === null) {
          const next = restore.state === "writing" ? "linking" : "cleaning";
          await runMutation(internal.archives.restore.advance, { ...own, state: next });
        } else {
          for (const { from, next, lines } of step.batches) {
            const blobs = restore.state === "writing" ? await storedFor(step.table, lines) : {};
            const { table } = step;
            const place = { ...own, state: restore.state, place: from, next };
            const done = { ...place, table, lines, blobs };
            if (!(await runMutation(internal.archives.restore.apply, done))) {
              for (const storageId of Object.values(blobs)) await bytes.discard(storageId);
              return null;
            }
            if (Date.now() > until) {
              await runMutation(internal.archives.restore.goOn, own);
              return null;
            }
          }
        }
        restore = await state();
      }
      if (restore.state === "cleaning") await runMutation(internal.archives.restore.tidy, own);
      return null;

      /** Checks on from `from`. False when the time is over, or another hand was faster. */
      async function isChecked(read: ReadBytes, manifest: Manifest, from: Place) {
        let keptAt = Date.now();
        let next: Place | null = from;
        while ((next = await checkNext(read, manifest, next)) !== null) {
          const now = Date.now();
          const isOver = now > until;
          if (!isOver && now < keptAt + KEEP_MS) continue;
          const kept = await runMutation(internal.archives.restore.checked, { ...own, from, next });
          if (kept && isOver) await runMutation(internal.archives.restore.goOn, own);
          if (!kept || isOver) return false;
          from = next;
          keptAt = now;
        }
        return true;
      }

      async function storedFor(table: TenantTable, lines: string[]) {
        const blobs: Record<string, Id<"_storage">> = {};
        for (const line of lines) {
          for (const id of idsOfRow(table, JSON.parse(line) as ArchivedRow)) {
            const file = fileOf.get(id);
            if (!file || blobs[id] !== undefined) continue;
            blobs[id] = await bytes.store(await readFile(readBytes, file), file.contentType);
          }
        }
        return blobs;
      }
    } catch (thrown) {
      if (!(thrown instanceof ArchiveProblem)) throw thrown;
      await runMutation(internal.archives.restore.settle, { ...own, problem: thrown.message });
      return null;
    }
  },
});

type Place = { table: number; part: number; line: number };
type Step = { table: TenantTable; batches: { from: Place; next: Place; lines: string[] }[] };

/** The rest of the part at `place`, in batches; null behind the last one. */
async function nextBatch(
  read: ReadBytes,
  manifest: Manifest,
  state: "writing" | "linking",
  place: Place,
): Promise<Step | null> {
  const tables = restoredTables(manifest);
  const found = tables[place.table];
  if (found === undefined) return null;
  const table = found.name as TenantTable;
  const part = found.parts[place.part];
  const behind =
    place.part + 1 < found.parts.length
      ? { table: place.table, part: place.part + 1, line: 0 }
      : { table: place.table + 1, part: 0, line: 0 };
  const isIdle = state === "linking" && lateFields(table).length === 0;
  const end = { table: place.table + 1, part: 0, line: 0 };
  if (part === undefined || isIdle)
    return { table, batches: [{ from: place, next: end, lines: [] }] };
  const lines = await readLines(read, part);
  if (lines.length === 0) return { table, batches: [{ from: place, next: behind, lines }] };
  const batches: Step["batches"] = [];
  // A row with a stored file brings its bytes along: one at a time.
  const size = table === "files" ? 1 : BATCH;
  for (let at = place.line; at < lines.length; at += size) {
    const isLast = at + size >= lines.length;
    batches.push({
      from: { ...place, line: at },
      next: isLast ? behind : { ...place, line: at + size },
      lines: lines.slice(at, at + size),
    });
  }
  return { table, batches };
}
