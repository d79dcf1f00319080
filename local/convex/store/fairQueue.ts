/**
 * Runs tasks one at a time. Each waits in a lane; lanes take turns, and within a lane the first to come
 * is the first to run. So whoever asks for a thousand things at once waits for them alone, and whoever
 * asks for one waits for one of each lane at most.
 */
import { breathe } from "./turns.ts";

export class FairQueue {
  /** Lanes with tasks that wait, in the order of their turns. */
  readonly #lanes = new Map<string, (() => Promise<void>)[]>();
  #running: Promise<void> | null = null;

  /** Settles as the task does. A task that fails does not stop the next. */
  run<T>(lane: string, task: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const waiting = this.#lanes.get(lane) ?? [];
      this.#lanes.set(lane, waiting);
      waiting.push(() => task().then(resolve, reject));
      this.#running ??= this.#work();
    });
  }

  /** When nothing runs or waits. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running;
  }

  async #work(): Promise<void> {
    // Not within `run`: whoever asks goes on first.
    await undefined;
    for (let task = this.#next(); task !== undefined; task = this.#next()) {
      await task();
      await breathe();
    }
    this.#running = null;
  }

  #next(): (() => Promise<void>) | undefined {
    for (const [lane, waiting] of this.#lanes) {
      // To the end of the line, or out of it.
      this.#lanes.delete(lane);
      const task = waiting.shift();
      if (waiting.length > 0) this.#lanes.set(lane, waiting);
      return task;
    }
    return undefined;
  }
}
