import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";
import { NOTHING, shareOf, sumOf, type Totals, totalsOf } from "./stageTotals";

/** Projects that one transaction counts: far below every limit of Convex. */
const BATCH = 200;

/** So often a stage is counted anew because something moved in it meanwhile. */
const MOST_TRIES = 10;

/** How far the count of one stage is. */
export type CountSoFar = {
  /** Behind which project it goes on. */
  cursor: string | null;
  counted: Totals;
  /** `changes` of the stage's totals when the count began. */
  changes: number;
  /** Counts of this stage that were given up, from 0. */
  tries: number;
};

/** What a batch came to. `restarted`: a project came, left or changed since the count began. */
export const RECOUNT_STEPS = ["counting", "restarted", "gaveUp", "right", "mended"] as const;
export type RecountStep = (typeof RECOUNT_STEPS)[number];

/**
 * Counts the next projects of a stage, and with the last of them mends totals that differ. A
 * stage of one batch is counted and mended in one transaction. A longer count holds only if the
 * stage's `changes` stand where they stood when it began; otherwise it begins anew, a little
 * later each time. Each batch schedules the next in its own transaction, so a stop loses nothing.
 */
export async function recountStage(
  { db, schedule }: TenantWriteCtx,
  stageId: Id<"pipelineStages">,
  soFar: CountSoFar | null,
): Promise<RecountStep> {
  if ((await db.get("pipelineStages", stageId)) === null) return "right";
  const row = await totalsOf(db, stageId);
  const { changes = 0 } = row ?? {};
  const { cursor, counted, tries, ...begun } =
    soFar ?? ({ cursor: null, counted: NOTHING, changes, tries: 0 } satisfies CountSoFar);
  const goOn = async (delayMs: number, next: CountSoFar) =>
    await schedule.after(delayMs, internal.stageRecount.countStage, { stageId, soFar: next });

  if (cursor !== null && begun.changes !== changes) {
    if (tries === MOST_TRIES) return "gaveUp";
    const anew = { cursor: null, counted: NOTHING, changes, tries: tries + 1 };
    await goOn(anew.tries * 1_000, anew);
    return "restarted";
  }
  const { page, isDone, continueCursor } = await db
    .query("projects")
    .withIndex("by_tenant_archived_stage_created", (q) =>
      q.eq("archived", false).eq("stageId", stageId),
    )
    .paginate({ numItems: BATCH, cursor });
  const actual = page.reduce((sum, each) => sumOf(sum, shareOf(each, stageId)), counted);
  if (!isDone) {
    await goOn(0, { cursor: continueCursor, counted: actual, changes, tries });
    return "counting";
  }
  const kept: Totals = row ?? NOTHING;
  const fields = Object.keys(NOTHING) as (keyof Totals)[];
  if (fields.every((field) => kept[field] === actual[field])) return "right";
  if (row === null) await db.insert("stageTotals", { stageId, ...actual });
  else await db.patch("stageTotals", row._id, actual);
  return "mended";
}
