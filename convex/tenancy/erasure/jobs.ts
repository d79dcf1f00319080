import type { Scheduler } from "convex/server";
import type { Id } from "../../_generated/dataModel";
import type { DatabaseReader } from "../../_generated/server";
import { newBatch, takeInto } from "./batch";

/** More jobs than rows: most of them are over, and are only looked at. */
const JOBS_AT_ONCE = 1_000;

/**
 * Cancels scheduled work that names a tenant, of a batch of all work from `from` on (milliseconds,
 * null is the first). Says where to go on, or null at the end. Convex forgets cancelled work with
 * its arguments after 7 days.
 */
export async function cancelJobs(
  { db, scheduler }: { db: DatabaseReader; scheduler: Scheduler },
  tenantId: Id<"tenants">,
  from: string | null,
): Promise<{ next: string | null; cancelled: number }> {
  const batch = newBatch(JOBS_AT_ONCE);
  const query = db.system
    .query("_scheduled_functions")
    .withIndex("by_creation_time", (q) => q.gt("_creationTime", Number(from ?? 0)));
  const { rows, all } = await takeInto(batch, query);
  let cancelled = 0;
  for (const { _id, state, args } of rows) {
    if (state.kind !== "pending" || !JSON.stringify(args).includes(tenantId)) continue;
    await scheduler.cancel(_id);
    cancelled += 1;
  }
  const last = rows.at(-1);
  return { next: all || last === undefined ? null : String(last._creationTime), cancelled };
}
