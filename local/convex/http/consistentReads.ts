/**
 * Queries of one client at one moment (`ConvexHttpClient.consistentQuery`): it asks for a timestamp
 * and then for queries at it. The state of each timestamp that was given out is held for a while, as
 * a snapshot of SQLite. That keeps the write-ahead log from being reset, so not for long, and not
 * many.
 */
import type { Snapshot, Store } from "../store/types.ts";
import { HttpError } from "./messages.ts";

/** Convex promises 30 s. */
const HELD_MS = 30_000;
const MAX_HELD = 16;

export class ConsistentReads {
  readonly #store: Store;
  /** The oldest first. */
  readonly #held = new Map<bigint, { snapshot: Snapshot; timer: NodeJS.Timeout }>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The timestamp of the latest state, which can be read with `at` from now on. */
  async now(): Promise<bigint> {
    await this.#store.durable();
    const ts = this.#store.latestTs();
    const snapshot = this.#held.get(ts)?.snapshot.again() ?? this.#store.snapshot();
    this.#forget(ts);
    const timer = setTimeout(() => this.#forget(ts), HELD_MS).unref();
    this.#held.set(ts, { snapshot, timer });
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= MAX_HELD) break;
      this.#forget(oldest);
    }
    return ts;
  }

  /**
   * The state at `ts`; close it.
   * @throws HttpError when it is not held (any more).
   */
  at(ts: bigint): Snapshot {
    const held = this.#held.get(ts);
    if (held !== undefined) return held.snapshot.again();
    if (ts === this.#store.latestTs()) return this.#store.snapshot();
    throw new HttpError(
      400,
      "InvalidTimestamp",
      `The state at that timestamp is not available: the local engine keeps those that /api/query_ts gave in the last ${HELD_MS / 1000} s.`,
    );
  }

  close(): void {
    for (const ts of [...this.#held.keys()]) this.#forget(ts);
  }

  #forget(ts: bigint): void {
    const held = this.#held.get(ts);
    if (held === undefined) return;
    this.#held.delete(ts);
    clearTimeout(held.timer);
    held.snapshot.close();
  }
}
