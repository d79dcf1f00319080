import type { SystemCtx } from "../../tenancy/functions";

type Ctx = Pick<SystemCtx, "platform">;

const MINUTE = 60_000;

/** A batch whose newest event is older is refused; milliseconds. A sender tries again for minutes. */
export const REPLAY_WINDOW_MS = 30 * MINUTE;

/** Longer than a batch can come again, since it grows too old meanwhile. */
const REMEMBERED_MS = 2 * REPLAY_WINDOW_MS;
const FORGET_AT_ONCE = 10;

/**
 * True the first time that somebody takes this batch; `key` is its digest and who takes it. In the
 * transaction of what is done with it: when that rolls back, the batch can come again.
 */
export async function takeBatchOnce({ platform }: Ctx, key: string, now: number): Promise<boolean> {
  const known = await platform
    .query("logBatches")
    .withIndex("by_key", (q) => q.eq("key", key))
    .first();
  if (known !== null) return false;
  const old = await platform
    .query("logBatches")
    .withIndex("by_creation_time", (q) => q.lt("_creationTime", now - REMEMBERED_MS))
    .take(FORGET_AT_ONCE);
  for (const { _id } of old) await platform.delete("logBatches", _id);
  await platform.insert("logBatches", { key });
  return true;
}

/** Notes that the stream is alive. Once a minute: who watches this must not be woken by every batch. */
export async function noteHeard({ platform }: Ctx, now: number): Promise<void> {
  const state = await platform.query("logStreamState").first();
  if (state === null) await platform.insert("logStreamState", { heardAt: now });
  else if (now - state.heardAt > MINUTE) {
    await platform.patch("logStreamState", state._id, { heardAt: now });
  }
}
