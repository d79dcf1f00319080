import { v } from "convex/values";
import { internal } from "../_generated/api";
import { addSegment } from "../model/archives";
import { archivePart, archiveProgress, openEntry } from "../tables/archives";
import { schemaFingerprint } from "../tenancy/archive/fingerprint";
import { archiveAction, backgroundMutation, backgroundQuery } from "../tenancy/functions";
import { isTenantTable } from "../tenancy/tables";
import { isArchived } from "../tenancy/archive/tables";
import { type ArchiveBook, nextSegment } from "../model/archiveWriter";
import { convexToJson } from "convex/values";
import { pick } from "convex-helpers";
import { nullable } from "convex-helpers/validators";

/**
 * Writing an archive: the action `work` writes segment after segment, each taken in by `take`,
 * which says no when another hand was faster. A stop at any point loses one segment at most: the
 * next `work` begins where the archive ends (model/archives.ts).
 */

/** After so long an action hands on to the next one. Milliseconds. */
const SHIFT_MS = 4 * 60_000;

/** Most rows of a page, and most bytes that it reads. */
const ROWS = 200;
const PAGE_BYTES = 4 * 1024 * 1024;

const company = v.object({ id: v.id("tenants"), name: v.string(), slug: v.string() });

/** The archive and whose it is; null when there is nothing more to write. */
export const read = backgroundQuery({
  args: { archiveId: v.id("archives") },
  returns: nullable(v.object({ progress: archiveProgress, startedAt: v.number(), company })),
  handler: async ({ db, tenant }, { archiveId }) => {
    const archive = await db.get("archives", archiveId);
    if (archive?.state !== "running") return null;
    const { _id: id, name, slug } = tenant;
    return { ...pick(archive, ["progress", "startedAt"]), company: { id, name, slug } };
  },
});

const cursor = v.union(v.string(), v.null());
const page = { lines: v.array(v.string()), cursor: v.string(), isDone: v.boolean() };

/** The next rows of a table in order of creation, each as a line of JSON. Throws on a table that no archive holds. */
export const rows = backgroundQuery({
  args: { table: v.string(), cursor },
  returns: v.object(page),
  handler: async ({ db }, { table, cursor }) => {
    if (!isTenantTable(table) || !isArchived(table))
      throw new Error(`No archive holds "${table}".`);
    const found = await db
      .query(table as "projects")
      .withIndex("by_tenant")
      .paginate({ cursor, numItems: ROWS, maximumBytesRead: PAGE_BYTES });
    const lines = found.page.map((row) => JSON.stringify(convexToJson(row)));
    return { lines, cursor: found.continueCursor, isDone: found.isDone };
  },
});

/** The next file behind `cursor`, in order of creation; null at the end. */
export const nextFile = backgroundQuery({
  args: { cursor },
  returns: nullable(
    v.object({
      fileId: v.id("files"),
      file: v.object({
        id: v.string(),
        ...{ size: v.number(), sha256: v.string(), contentType: v.string() },
      }),
      cursor: v.string(),
    }),
  ),
  handler: async ({ db }, { cursor }) => {
    const found = await db.query("files").withIndex("by_tenant").paginate({ cursor, numItems: 1 });
    const [row] = found.page;
    if (row === undefined) return null;
    const file = { id: row.storageId as string, ...pick(row, ["size", "sha256", "contentType"]) };
    return { fileId: row._id, file, cursor: found.continueCursor };
  },
});

const written = {
  start: v.number(),
  bytes: v.number(),
  entry: v.optional(openEntry),
  part: v.optional(archivePart),
  file: v.optional(
    v.object({ id: v.string(), size: v.number(), sha256: v.string(), contentType: v.string() }),
  ),
};

/** What is written so far, for the manifest and the list of entries: the next segments behind `cursor`. */
export const segments = backgroundQuery({
  args: { archiveId: v.id("archives"), cursor },
  returns: v.object({
    page: v.array(v.object(written)),
    cursor: v.string(),
    isDone: v.boolean(),
  }),
  handler: async ({ db }, { archiveId, cursor }) => {
    const found = await db
      .query("archiveSegments")
      .withIndex("by_tenant_archive_start", (q) => q.eq("archiveId", archiveId))
      .paginate({ cursor, numItems: ROWS });
    const page = found.page.map((row) => pick(row, ["start", "bytes", "entry", "part", "file"]));
    return { page, cursor: found.continueCursor, isDone: found.isDone };
  },
});

/** Takes a segment in; false when it does not begin where the archive ends. */
export const take = backgroundMutation({
  args: {
    archiveId: v.id("archives"),
    storageId: v.id("_storage"),
    ...written,
    progress: archiveProgress,
  },
  returns: v.boolean(),
  handler: async (ctx, { progress, ...segment }) =>
    await addSegment(ctx, segment, progress, Date.now()),
});

/** Goes on after an action's time is over. */
export const goOn = backgroundMutation({
  args: { archiveId: v.id("archives") },
  returns: v.null(),
  handler: async ({ schedule }, { archiveId }) => {
    await schedule.after(0, internal.archives.write.work, { archiveId });
    return null;
  },
});

/** Writes segments until the archive is whole or the action's time is over. */
export const work = archiveAction({
  args: { archiveId: v.id("archives") },
  returns: v.null(),
  handler: async (ctx, { archiveId }) => {
    const { tenantId, bytes, runQuery, runMutation } = ctx;
    const archive = await runQuery(internal.archives.write.read, { tenantId, archiveId });
    if (archive === null) return null;
    const book: ArchiveBook = {
      schema: schemaFingerprint,
      startedAt: archive.startedAt,
      company: archive.company,
      rows: (at) => runQuery(internal.archives.write.rows, { tenantId, ...at }),
      nextFile: (at) => runQuery(internal.archives.write.nextFile, { tenantId, cursor: at }),
      bytesOf: bytes.ofFile,
      segments: (at) =>
        runQuery(internal.archives.write.segments, { tenantId, archiveId, cursor: at }),
    };
    const until = Date.now() + SHIFT_MS;
    let { progress } = archive;
    while (Date.now() < until) {
      const next = await nextSegment(book, progress, Date.now());
      const storageId = await bytes.store(next.bytes);
      const start = progress.bytes;
      const taken = await runMutation(internal.archives.write.take, {
        ...{ tenantId, archiveId, storageId, start, bytes: next.bytes.length },
        ...{ entry: next.entry, part: next.part, file: next.file, progress: next.progress },
      });
      if (!taken) {
        await bytes.discard(storageId);
        return null;
      }
      if (next.entry === undefined) return null;
      progress = next.progress;
    }
    await runMutation(internal.archives.write.goOn, { tenantId, archiveId });
    return null;
  },
});
