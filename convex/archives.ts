import { v } from "convex/values";
import { literals, nullable } from "convex-helpers/validators";
import { ARCHIVE_STATES, archiveName } from "../lib/archive/states";
import { sunupError } from "../lib/errors";
import { requestedRange } from "../lib/files";
import type { Doc } from "./_generated/dataModel";
import * as model from "./model/archives";
import { actorName } from "./model/audit";
import { ARCHIVE_ORDER } from "./tenancy/archive/tables";
import { memberQuery, tenantMutation, tenantQuery } from "./tenancy/functions";

const shownArchive = v.object({
  _id: v.id("archives"),
  state: literals(...ARCHIVE_STATES),
  askedBy: v.string(),
  /** Milliseconds. */
  startedAt: v.number(),
  finishedAt: nullable(v.number()),
  expiresAt: nullable(v.number()),
  bytes: v.number(),
  rows: v.number(),
  files: v.number(),
  /** Of a running one: which step of how many; the last one packs the files. */
  step: v.number(),
  steps: v.number(),
});

const MAX_SHOWN = 10;

/** The company's archives, newest first, at most ten. Needs archive.export. */
export const recent = tenantQuery({
  permission: "archive.export",
  args: {},
  returns: v.array(shownArchive),
  handler: async ({ db }) => {
    const rows = await db.query("archives").withIndex("by_tenant").order("desc").take(MAX_SHOWN);
    return rows.map(shown);
  },
});

/**
 * Begins to write an archive of the company, or answers with the one that is being written.
 * Administrators get a mail when it is ready. Needs archive.export. Throws CONFLICT (too many).
 */
export const start = tenantMutation({
  permission: "archive.export",
  cost: 10,
  args: {},
  returns: v.id("archives"),
  handler: async (ctx) => await model.startArchive(ctx, { actor: ctx.actor }, Date.now()),
});

/**
 * Removes an archive before its time, or stops one that is being written; one that is gone stays
 * so. Needs archive.export. Throws NOT_FOUND.
 */
export const remove = tenantMutation({
  permission: "archive.export",
  args: { archiveId: v.id("archives") },
  returns: v.null(),
  handler: async (ctx, { archiveId }) => {
    await model.removeArchive(ctx, archiveId, Date.now());
    return null;
  },
});

/**
 * A part of an archive for its download: where the bytes of `range` (a Range header) begin, up to
 * the end of their segment. Called by tenancy/archive/door.ts on behalf of the member behind the
 * token. Throws NOT_FOUND, FORBIDDEN, and what keeps a member out.
 */
export const open = memberQuery({
  args: { archiveId: v.string(), range: nullable(v.string()) },
  returns: v.object({
    _id: v.id("archives"),
    name: v.string(),
    bytes: v.number(),
    /** Null when there are no such bytes. Both ends included. */
    part: nullable(
      v.object({
        start: v.number(),
        end: v.number(),
        segment: v.object({ start: v.number(), url: v.string() }),
      }),
    ),
  }),
  handler: async ({ db, who, permissions, tenant, fileUrl }, { archiveId, range }) => {
    if (who.kind !== "member" || !permissions.includes("archive.export")) {
      throw sunupError("FORBIDDEN");
    }
    const archive = await db.getByTextX("archives", archiveId);
    if (archive.state !== "ready") throw sunupError("NOT_FOUND");
    const { bytes } = archive.progress;
    const named = { _id: archive._id, name: archiveName(tenant.slug, archive.startedAt), bytes };
    const asked = requestedRange(range, bytes);
    const segment = asked && (await model.segmentAt(db, archive._id, asked.start));
    if (asked === null || segment === null) return { ...named, part: null };
    const end = Math.min(asked.end, segment.start + segment.bytes - 1);
    const where = { start: segment.start, url: await fileUrl(segment) };
    return { ...named, part: { start: asked.start, end, segment: where } };
  },
});

function shown({ progress, dueAt, ...archive }: Doc<"archives">) {
  const { place, bytes, rows, files } = progress;
  const steps = ARCHIVE_ORDER.length + 1;
  const done =
    place.kind === "table" ? ARCHIVE_ORDER.findIndex((each) => each === place.table) : -1;
  return {
    ...{ _id: archive._id, state: archive.state, startedAt: archive.startedAt },
    askedBy: actorName(archive.askedBy),
    finishedAt: archive.finishedAt ?? null,
    expiresAt: archive.state === "ready" ? (dueAt ?? null) : null,
    ...{ bytes, rows, files, steps, step: done === -1 ? steps : done + 1 },
  };
}
