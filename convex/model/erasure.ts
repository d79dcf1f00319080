import { type ErasurePhase, ERASURE_PHASES, KEPT_AFTER_ERASURE } from "../../lib/erasure";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { SystemCtx } from "../tenancy/functions";
import { rememberErased } from "./erasedAccounts";
import { leaveTotals } from "./platformTotals";

/**
 * The erasure of a company, batch by batch. First the company's row is marked: from then on nobody
 * gets in, nothing works for it and no webhook finds it, so wherever an erasure stops, what is left
 * is of no use to anybody. Every batch has a number and schedules the next one; a batch that is lost
 * (an action may be) is begun anew by a cron once its lease is over, and one that comes twice
 * changes nothing. The order: whoever must not come back is remembered, rows and files, accounts
 * elsewhere with the rows that name them, the platform's rows, the company's own row, scheduled
 * work, and a scan of all tables, which sends it back to the rows while anything is found.
 */

type Erasure = Doc<"erasures">;
type Eraser = NonNullable<Awaited<ReturnType<SystemCtx["eraser"]>>>;
type Running = { ctx: SystemCtx; erasure: Erasure; tenant: Id<"tenants">; eraser: Eraser };

/** What a batch changes of the erasure; the next phase's name when its own is over. */
type Change = Partial<Omit<Erasure, "_id" | "_creationTime">>;

/** How long a batch may take before it counts as lost; the accounts' calls take longest. */
const LEASE_MS = 60_000;
const ACCOUNTS_LEASE_MS = 10 * 60_000;

/** After a try that failed: doubled with each one, up to an hour. */
const RETRY_MS = 30_000;
const MAX_RETRY_MS = 60 * 60_000;

/** People of one batch. */
const PEOPLE_AT_ONCE = 100;

/** Scans that may find something before a person has to look. */
const MAX_SCANS = 5;

/** Marks the company and lets the erasure begin. What is `requested` or newly written may begin, once. */
export async function beginErasure(
  ctx: Pick<SystemCtx, "platform" | "forTenant" | "schedule">,
  erasureId: Id<"erasures">,
  tenant: Doc<"tenants">,
  now: number,
): Promise<void> {
  const closedAt = tenant.closedAt ?? now;
  // Opens a tenant: the one that is erased, to shut it for good.
  const { patchTenant } = ctx.forTenant(tenant._id);
  await patchTenant({ status: "closed", closedAt, erasingSince: now });
  await ctx.platform.patch("erasures", erasureId, {
    companyName: tenant.name,
    state: "running",
    startedAt: now,
    nextAttemptAt: now + LEASE_MS,
  });
  await ctx.schedule.after(0, internal.erasure.advance, { erasureId, step: 0 });
}

/** Does batch number `step` and schedules the next one; nothing when that batch is done already. */
export async function advanceErasure(
  ctx: SystemCtx,
  { erasureId, step }: { erasureId: Id<"erasures">; step: number },
  now: number,
): Promise<void> {
  const erasure = await ctx.platform.get("erasures", erasureId);
  const eraser = await ctx.eraser(erasureId);
  if (!eraser || !erasure?.tenant || erasure.step !== step) return;
  if (erasure.phase === "accounts") {
    await ctx.platform.patch("erasures", erasureId, {
      step: step + 1,
      nextAttemptAt: now + ACCOUNTS_LEASE_MS,
    });
    await ctx.schedule.after(0, internal.erasure.closeAccounts, { erasureId, step: step + 1 });
    return;
  }
  const change = await BATCHES[erasure.phase]({ ctx, erasure, tenant: erasure.tenant, eraser });
  await goOn(ctx, erasure, change, now);
}

/** Keeps what a batch did, and schedules the next one unless the erasure is done or waits. */
export async function goOn(
  ctx: Pick<SystemCtx, "platform" | "schedule">,
  { _id: erasureId, step, failures }: Erasure,
  change: Change,
  now: number,
): Promise<void> {
  const next = step + 1;
  if (change.state === "done") {
    const end = { finishedAt: now, nextAttemptAt: undefined, tenant: undefined };
    await ctx.platform.patch("erasures", erasureId, { ...change, ...end, step: next });
    return;
  }
  if (change.problem !== undefined) {
    const wait = Math.min(RETRY_MS * 2 ** failures, MAX_RETRY_MS);
    const later = { failures: failures + 1, nextAttemptAt: now + wait };
    await ctx.platform.patch("erasures", erasureId, { ...change, ...later, step: next });
    return;
  }
  const well = { failures: 0, problem: undefined, nextAttemptAt: now + LEASE_MS };
  await ctx.platform.patch("erasures", erasureId, { ...change, ...well, step: next });
  await ctx.schedule.after(0, internal.erasure.advance, { erasureId, step: next });
}

/** Erasures that one sweep takes up. */
const SWEEP_SIZE = 50;

/** Begins the batches anew that were lost, or that waited after a try which failed. */
export async function sweepErasures(ctx: SystemCtx, now: number): Promise<void> {
  const overdue = await ctx.platform
    .query("erasures")
    .withIndex("by_nextAttemptAt", (q) => q.gt("nextAttemptAt", 0).lte("nextAttemptAt", now))
    .take(SWEEP_SIZE);
  for (const { _id: erasureId, step } of overdue) {
    await ctx.platform.patch("erasures", erasureId, { nextAttemptAt: now + LEASE_MS });
    await ctx.schedule.after(0, internal.erasure.advance, { erasureId, step });
  }
}

/** The phase behind this one, from its beginning. */
export function nextPhase(phase: ErasurePhase): Change {
  const next = ERASURE_PHASES[ERASURE_PHASES.indexOf(phase) + 1];
  return { phase: next ?? phase, cursor: null };
}

const BATCHES: Record<Exclude<ErasurePhase, "accounts">, (running: Running) => Promise<Change>> = {
  async people({ ctx, erasure: { cursor }, tenant }) {
    // Opens a tenant: the one that is erased, for its accounts elsewhere.
    const { db } = ctx.forTenant(tenant);
    const billing = await db.query("billingAccounts").withIndex("by_tenant").first();
    if (billing?.customer !== undefined) await rememberErased(ctx, billing.customer);
    const { page, isDone, continueCursor } = await db
      .query("members")
      .withIndex("by_tenant")
      .paginate({ cursor, numItems: PEOPLE_AT_ONCE });
    for (const { clerkUserId } of page) await rememberErased(ctx, clerkUserId);
    return isDone ? nextPhase("people") : { cursor: continueCursor };
  },

  async rows({ erasure, eraser }) {
    const { next, erased, files, bytes } = await eraser.rows(erasure.cursor);
    return {
      ...(next === null ? nextPhase("rows") : { cursor: next }),
      erased: plus(erasure.erased, erased),
      files: erasure.files + files,
      bytes: erasure.bytes + bytes,
    };
  },

  async platform({ ctx, erasure, tenant, eraser }) {
    // Before its share's row goes, in the same transaction: nothing counts the company again later.
    await leaveTotals(ctx, tenant, Date.now());
    const { done, erased, nameless } = await eraser.platformRows();
    return {
      ...(done ? nextPhase("platform") : {}),
      erased: plus(erasure.erased, erased),
      nameless: plus(erasure.nameless, nameless),
    };
  },

  async tenant({ ctx, erasure, tenant }) {
    if ((await ctx.platform.get("tenants", tenant)) === null) return nextPhase("tenant");
    await ctx.platform.delete("tenants", tenant);
    const erased = plus(erasure.erased, [{ table: "tenants", rows: 1 }]);
    return { ...nextPhase("tenant"), erased };
  },

  async jobs({ erasure, eraser }) {
    const { next, cancelled } = await eraser.jobs(erasure.cursor);
    return {
      ...(next === null ? nextPhase("jobs") : { cursor: next }),
      jobs: erasure.jobs + cancelled,
    };
  },

  async scan({ erasure, eraser }) {
    const { next, rows, found } = await eraser.scan(erasure.cursor);
    const scanned = (erasure.cursor === null ? 0 : erasure.scanned) + rows;
    const soFar = (erasure.cursor === null ? 0 : erasure.found) + found.length;
    if (next !== null) return { cursor: next, scanned, found: soFar };
    const scans = erasure.scans + 1;
    const seen = { scanned, found: soFar, scans };
    if (soFar === 0) return { ...seen, state: "done", kept: [...KEPT_AFTER_ERASURE] };
    const again = { ...seen, phase: "rows" as const, cursor: null };
    if (scans % MAX_SCANS !== 0) return again;
    return { ...again, problem: `After ${scans} scans something still names the company.` };
  },
};

/** Two counts of rows by table, added up. */
export function plus(counts: Erasure["erased"], more: Erasure["erased"]): Erasure["erased"] {
  const sums = new Map<string, number>();
  for (const { table, rows } of [...counts, ...more]) {
    sums.set(table, (sums.get(table) ?? 0) + rows);
  }
  return [...sums].map(([table, rows]) => ({ table, rows }));
}
