/**
 * The account's clocks, in seconds since 1970. The real one runs with the machine's, ahead of it by
 * what the control has advanced; a customer with a test clock lives by that, which stands still.
 */
import type { Store } from "./store.ts";

/** Names the clock that is nobody's test clock. */
export const REAL_CLOCK = "real";

export class Time {
  readonly #store: Store;
  readonly #machineMs: () => number;
  #pinned: number | null = null;

  constructor(store: Store, machineMs: () => number) {
    this.#store = store;
    this.#machineMs = machineMs;
  }

  /** The machine's own time. */
  machine(): number {
    return Math.floor(this.#machineMs() / 1000);
  }

  /** The time of a clock: a test clock's id, or the real one's. */
  now(clock: string | null | undefined): number {
    if (this.#pinned !== null) return this.#pinned;
    const testClock = clock ? this.#store.testClocks.get(clock) : undefined;
    return testClock?.frozen_time ?? this.machine() + this.#store.settings.ahead;
  }

  /** Runs `work`, which must not wait for anything, as if it were `at` on every clock. */
  at<R>(at: number, work: () => R): R {
    const before = this.#pinned;
    this.#pinned = at;
    try {
      return work();
    } finally {
      this.#pinned = before;
    }
  }
}
