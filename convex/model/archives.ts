import { ARCHIVE_LIFETIME_MS, type ArchiveState, MAX_ARCHIVES } from "../../lib/archive/states";
import { sunupError } from "../../lib/errors";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { ArchiveProgress } from "../tables/archives";
import { ARCHIVE_ORDER } from "../tenancy/archive/tables";
import type { NewSegment } from "../tenancy/archive/segments";
import type { SystemCtx, TenantWriteCtx } from "../tenancy/functions";
import type { ScopedReader } from "../tenancy/scopedDb";
import { mailAdministrators } from "./administratorMail";
import { actorName, type AuditActor, recordAudit } from "./audit";

/** After so long without a segment the work counts as lost and is begun anew. Milliseconds. */
export const LEASE_MS = 60_000;

/** So often work is begun anew without getting on before it is given up. */
export const MOST_LOST = 5;

type OpenTenant = TenantWriteCtx &
  Pick<ReturnType<SystemCtx["forTenant"]>, "segments"> & { tenant: Doc<"tenants"> };

const BEGINNING: ArchiveProgress = {
  place: { kind: "table", table: ARCHIVE_ORDER[0]!, cursor: null },
  ...{ bytes: 0, rows: 0, files: 0 },
};

/**
 * Begins an archive of the company, or answers with the one that is being written. Audited.
 * Throws CONFLICT when there are MAX_ARCHIVES already.
 */
export async function startArchive(
  ctx: TenantWriteCtx & { tenant: Doc<"tenants"> },
  { actor, reason }: { actor: AuditActor; reason?: string },
  now: number,
): Promise<Id<"archives">> {
  const { db, schedule, tenant } = ctx;
  const [running] = await inState(db, "running", 1);
  if (running) return running._id;
  const ready = await inState(db, "ready", MAX_ARCHIVES);
  if (ready.length === MAX_ARCHIVES) {
    throw sunupError("CONFLICT", {
      message: `There are ${MAX_ARCHIVES} archives already.`,
      nextStep: "Download one of them, or wait until the oldest is removed.",
    });
  }
  const archiveId = await db.insert("archives", {
    ...{ state: "running", askedBy: actor, reason, startedAt: now, lost: 0 },
    progress: BEGINNING,
    dueAt: now + LEASE_MS,
  });
  await recordAudit(ctx, { action: "company.exported", actor, subject: tenant.name, reason });
  await schedule.after(0, internal.archives.write.work, { archiveId });
  return archiveId;
}

async function inState(
  db: ScopedReader,
  state: ArchiveState,
  most: number,
): Promise<Doc<"archives">[]> {
  const found = db.query("archives").withIndex("by_tenant_state", (q) => q.eq("state", state));
  return await found.take(most);
}

/** The segment of an archive that holds byte `at`; null behind the end. */
export async function segmentAt(
  db: ScopedReader,
  archiveId: Id<"archives">,
  at: number,
): Promise<Doc<"archiveSegments"> | null> {
  const found = await db
    .query("archiveSegments")
    .withIndex("by_tenant_archive_start", (q) => q.eq("archiveId", archiveId).lte("start", at))
    .order("desc")
    .first();
  return found !== null && at < found.start + found.bytes ? found : null;
}

/**
 * Takes a segment in. False, and nothing is changed, when it does not begin where the archive ends:
 * another hand was faster, or the archive is given up.
 */
export async function addSegment(
  { db, segments, tenant, ...ctx }: OpenTenant,
  segment: NewSegment,
  progress: ArchiveProgress,
  now: number,
): Promise<boolean> {
  const archive = await db.get("archives", segment.archiveId);
  if (archive?.state !== "running" || archive.progress.bytes !== segment.start) return false;
  await segments.add(segment);
  // The last segment is the one without an entry.
  const isWhole = segment.entry === undefined;
  const expiresAt = now + ARCHIVE_LIFETIME_MS;
  await db.patch("archives", archive._id, {
    ...{ progress, lost: 0 },
    ...(isWhole
      ? { state: "ready", finishedAt: now, dueAt: expiresAt }
      : { dueAt: now + LEASE_MS }),
  });
  if (!isWhole) return true;
  await mailAdministrators({ db, schedule: ctx.schedule }, `archiveReady/${archive._id}`, {
    kind: "archiveReady",
    data: {
      companyName: tenant.name,
      requestedBy: actorName(archive.askedBy),
      rows: progress.rows,
      files: progress.files,
      expiresAt,
    },
  });
  return true;
}

/** Removes an archive before its time; one that is gone stays so. Throws NOT_FOUND. */
export async function removeArchive(
  { db, schedule }: Pick<TenantWriteCtx, "db" | "schedule">,
  archiveId: Id<"archives">,
  now: number,
): Promise<void> {
  const { state, finishedAt } = await db.getX("archives", archiveId);
  if (state !== "running" && state !== "ready") return;
  const over = { state: "expired" as const, dueAt: undefined, finishedAt: finishedAt ?? now };
  await db.patch("archives", archiveId, over);
  await schedule.after(0, internal.archives.upkeep.empty, { archiveId });
}

/** Does what is due of an archive: begins lost work anew or gives it up, and removes what is over. */
export async function followUp(
  { db, schedule }: TenantWriteCtx,
  archiveId: Id<"archives">,
  now: number,
): Promise<void> {
  const archive = await db.get("archives", archiveId);
  if (archive?.dueAt === undefined || archive.dueAt > now) return;
  if (archive.state === "running" && archive.lost < MOST_LOST) {
    await db.patch("archives", archiveId, { lost: archive.lost + 1, dueAt: now + LEASE_MS });
    await schedule.after(0, internal.archives.write.work, { archiveId });
    return;
  }
  const state = archive.state === "running" ? "failed" : "expired";
  await db.patch("archives", archiveId, {
    state,
    dueAt: undefined,
    finishedAt: archive.finishedAt ?? now,
  });
  await schedule.after(0, internal.archives.upkeep.empty, { archiveId });
}
