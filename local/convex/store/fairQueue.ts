/**
 * Runs tasks one at a time. Each waits in a lane, and within a lane the first to come is the first to
 * run. The next lane is the one that had the least of the thread lately, and equals take turns. So
 * whoever asks for a thousand things at once waits for them alone, and whoever asks for one waits for
 * the one that runs.
 */
import { breathe, shares } from "./turns.ts";

export class FairQueue {
  /** Lanes with tasks that wait, in the order of their turns. */
  readonly #lanes = new Map<string, (() => Promise<void>)[]>();
  readonly #shareOf: (lane: string) => number;
  #running: Promise<void> | null = null;
  /** Whose task runs, or comes next. */
  #current = "";

  /** @param shareOf what a lane has had. */
  constructor(shareOf: (lane: string) => number = (lane) => shares.of(lane)) {
    this.#shareOf = shareOf;
  }

  /** Settles as the task does. A task that fails does not stop the next. */
  run<T>(lane: string, task: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const waiting = this.#lanes.get(lane) ?? [];
      this.#lanes.set(lane, waiting);
      waiting.push(() => task().then(resolve, reject));
      this.#running ??= this.#work();
    });
  }

  /** A turn for the task that runs; it ranks as the first of those who wait for its end. */
  breathe(): Promise<void> | undefined {
    return breathe(this.#current, () => {
      const own = this.#shareOf(this.#current);
      const first = this.#first();
      return first === undefined ? own : Math.min(own, this.#shareOf(first));
    });
  }

  /** When nothing runs or waits. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #work(): Promise<void> {
    // Not within `run`: whoever asks goes on first.
    await undefined;
    for (let lane = this.#first(); lane !== undefined; lane = this.#first()) {
      this.#current = lane;
      await this.breathe();
      // Somebody may have come meanwhile who is before them.
      this.#current = this.#first() ?? lane;
      await this.#take(this.#current)?.();
    }
    this.#running = null;
  }

  #first(): string | undefined {
    let first: string | undefined;
    let least = Infinity;
    for (const lane of this.#lanes.keys()) {
      const had = this.#shareOf(lane);
      if (had >= least) continue;
      least = had;
      first = lane;
    }
    return first;
  }

  /** The lane goes to the end of the line, or out of it. */
  #take(lane: string): (() => Promise<void>) | undefined {
    const waiting = this.#lanes.get(lane);
    const task = waiting?.shift();
    this.#lanes.delete(lane);
    if (waiting !== undefined && waiting.length > 0) this.#lanes.set(lane, waiting);
    return task;
  }
}
