import { ALERT_RULES } from "../../../lib/security";
import type { SystemCtx } from "../../tenancy/functions";
import type { AlertSubject } from "./alerts";
import { raiseAndLock } from "./lockPolicy";

/** Calls of one function that failed for a member, as one batch of the log tells them. */
export type FailedCalls = { client: string; at: number; count: number; subject: AlertSubject };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const FORGET_AT_ONCE = 40;
const { from } = ALERT_RULES.failingCalls;

/**
 * Counts the calls that fail for each member by the minute of the clock, and alerts when they are
 * many. A call that fails gives back what it took from its rate limit, since its transaction is
 * rolled back; here it counts all the same.
 */
export async function noteFailedCalls(ctx: SystemCtx, calls: readonly FailedCalls[]) {
  if (calls.length === 0) return;
  const byMinute = Map.groupBy(calls, ({ client, at }) => `${client}/${minuteOf(at)}`);
  for (const own of byMinute.values()) {
    const { client, subject } = own[0]!;
    const seen = own.reduce((sum, { count }) => sum + count, 0);
    const at = Math.max(...own.map((each) => each.at));
    const total = await add(ctx, client, minuteOf(at), seen);
    const enough = () => Promise.resolve(total >= from ? total : null);
    await raiseAndLock(ctx, subject, { seen, at }, enough);
  }
  const old = await ctx.platform
    .query("failureMinutes")
    .withIndex("by_minute", (q) => q.lt("minute", Date.now() - HOUR))
    .take(FORGET_AT_ONCE);
  for (const { _id } of old) await ctx.platform.delete("failureMinutes", _id);
}

async function add({ platform }: SystemCtx, client: string, minute: number, seen: number) {
  const row = await platform
    .query("failureMinutes")
    .withIndex("by_client_minute", (q) => q.eq("client", client).eq("minute", minute))
    .unique();
  const count = (row?.count ?? 0) + seen;
  if (row === null) await platform.insert("failureMinutes", { client, minute, count });
  else await platform.patch("failureMinutes", row._id, { count });
  return count;
}

function minuteOf(at: number): number {
  return Math.floor(at / MINUTE) * MINUTE;
}
