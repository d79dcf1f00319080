import { sunupError } from "../../lib/errors";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { REPLACED, RESTORE_ORDER } from "../tenancy/archive/tables";
import type { SystemCtx } from "../tenancy/functions";
import type { ScopedReader } from "../tenancy/scopedDb";
import { LEASE_MS, MOST_LOST } from "./archives";
import { recordAudit, SYSTEM } from "./audit";

type OpenTenant = ReturnType<SystemCtx["forTenant"]> & { tenant: Doc<"tenants"> };
type Place = Doc<"restores">["place"];

const BEGINNING: Place = { table: 0, part: 0, line: 0 };

/** What a company may have before an archive is restored into it: what sign-up leaves. */
const FROM_SIGN_UP = ["members", "auditLog", ...REPLACED];

/**
 * Begins to restore an uploaded archive into a company that is as sign-up left it. Audited. Throws
 * NOT_FOUND (no such upload), CONFLICT (the company has something, or a restoring).
 */
export async function beginRestore(
  ctx: OpenTenant,
  { storageId, reason }: { storageId: Id<"_storage">; reason: string },
  now: number,
): Promise<Id<"restores">> {
  const { db, segments, schedule, tenant } = ctx;
  const last = await db.query("restores").withIndex("by_tenant").order("desc").first();
  if (!(await isUntouched(db)) || (last !== null && last.state !== "refused")) {
    throw sunupError("CONFLICT", {
      message: "An archive is restored only into a company that is as sign-up left it.",
      nextStep: "Sign up a new company and name that one.",
    });
  }
  const bytes = await segments.sizeOf(storageId);
  if (bytes === null) throw sunupError("NOT_FOUND");
  const archiveId = await db.insert("archives", {
    ...{ state: "uploaded", askedBy: SYSTEM, reason, startedAt: now, finishedAt: now, lost: 0 },
    progress: { place: { kind: "end" }, bytes, rows: 0, files: 0 },
  });
  await segments.add({ archiveId, start: 0, bytes, storageId });
  const restoreId = await db.insert("restores", {
    ...{ archiveId, state: "checking", place: BEGINNING, reason, startedAt: now },
    ...{ dueAt: now + LEASE_MS, lost: 0, rows: 0, files: 0, leftOut: 0 },
  });
  const line = { action: "company.restored", actor: SYSTEM, subject: tenant.name, reason } as const;
  await recordAudit(ctx, line);
  await schedule.after(0, internal.archives.restore.work, { restoreId });
  return restoreId;
}

/** Whether nobody has begun to work in the company. */
async function isUntouched(db: ScopedReader): Promise<boolean> {
  for (const table of RESTORE_ORDER.filter((each) => !FROM_SIGN_UP.includes(each))) {
    const found = await db
      .query(table as "projects")
      .withIndex("by_tenant")
      .first();
    if (found !== null) return false;
  }
  return true;
}

/** Keeps how far the check is; false when another hand was faster. */
export async function keepChecked(
  { db }: Pick<OpenTenant, "db">,
  { restoreId, from, next }: { restoreId: Id<"restores">; from: Place; next: Place },
  now: number,
): Promise<boolean> {
  const restore = await db.get("restores", restoreId);
  if (!standsAt(restore, "checking", from)) return false;
  await db.patch("restores", restoreId, { place: next, dueAt: now + LEASE_MS, lost: 0 });
  return true;
}

/**
 * The archive is whole and fits: from here on rows are written, and nobody else changes anything in
 * the company. Clears what sign-up left, or refuses when somebody has begun to work there meanwhile.
 */
export async function beginWriting(
  ctx: OpenTenant,
  restoreId: Id<"restores">,
  now: number,
): Promise<void> {
  const { db, restoring, patchTenant } = ctx;
  const restore = await db.getX("restores", restoreId);
  if (restore.state !== "checking") return;
  if (!(await isUntouched(db))) {
    await stopRestore(ctx, restoreId, "Somebody works in the company already.", now);
    return;
  }
  await patchTenant({ readOnly: { since: now, because: "restore" } });
  await restoring.clear();
  const beginning = { place: BEGINNING, dueAt: now + LEASE_MS, lost: 0 };
  await db.patch("restores", restoreId, { state: "writing", ...beginning });
}

/** True when the work stands where whoever asks believes; otherwise another hand was faster. */
export function standsAt(
  restore: Doc<"restores"> | null,
  state: Doc<"restores">["state"],
  place: Place,
): restore is Doc<"restores"> {
  const at = restore?.place;
  return (
    restore?.state === state &&
    at?.table === place.table &&
    at.part === place.part &&
    at.line === place.line
  );
}

/** The next step of the work, back at the beginning; nothing when the work is not in the step before. */
export async function advance(
  { db }: Pick<OpenTenant, "db">,
  restoreId: Id<"restores">,
  state: "linking" | "cleaning",
  now: number,
): Promise<void> {
  const restore = await db.getX("restores", restoreId);
  if (restore.state !== (state === "linking" ? "writing" : "linking")) return;
  await db.patch("restores", restoreId, {
    state,
    place: BEGINNING,
    dueAt: now + LEASE_MS,
    lost: 0,
  });
}

/** The work is done: the company's people may change things again, and the stored ZIP goes. */
export async function finishRestore(
  ctx: Pick<OpenTenant, "db" | "schedule" | "patchTenant">,
  { _id, archiveId }: Doc<"restores">,
  now: number,
): Promise<void> {
  await ctx.db.patch("restores", _id, { state: "done", finishedAt: now, dueAt: undefined });
  await ctx.patchTenant({ readOnly: undefined });
  await discardUpload(ctx, archiveId);
}

/** Ends the work for a reason: nothing was written yet, or it cannot go on. */
export async function stopRestore(
  { db, schedule, patchTenant }: Pick<OpenTenant, "db" | "schedule" | "patchTenant">,
  restoreId: Id<"restores">,
  problem: string,
  now: number,
): Promise<void> {
  const restore = await db.getX("restores", restoreId);
  const ends = restore.state === "checking" ? ("refused" as const) : ("failed" as const);
  if (restore.dueAt === undefined) return;
  await db.patch("restores", restoreId, {
    state: ends,
    problem,
    finishedAt: now,
    dueAt: undefined,
  });
  await patchTenant({ readOnly: undefined });
  await discardUpload({ db, schedule }, restore.archiveId);
}

/** Removes the stored ZIP, which has served. */
async function discardUpload(
  { db, schedule }: Pick<OpenTenant, "db" | "schedule">,
  archiveId: Id<"archives">,
): Promise<void> {
  await db.patch("archives", archiveId, { state: "expired" });
  await schedule.after(0, internal.archives.upkeep.empty, { archiveId });
}

/** Begins a restoring whose work was lost anew, or gives it up. */
export async function followUpRestore(
  ctx: Pick<OpenTenant, "db" | "schedule" | "patchTenant">,
  restoreId: Id<"restores">,
  now: number,
): Promise<void> {
  const { db, schedule } = ctx;
  const restore = await db.get("restores", restoreId);
  if (restore?.dueAt === undefined || restore.dueAt > now) return;
  if (restore.lost >= MOST_LOST) {
    await stopRestore(ctx, restoreId, "The work was lost again and again.", now);
    return;
  }
  await db.patch("restores", restoreId, { lost: restore.lost + 1, dueAt: now + LEASE_MS });
  await schedule.after(0, internal.archives.restore.work, { restoreId });
}
