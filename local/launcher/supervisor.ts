import { Problem } from "./problem.ts";
import type { Child } from "./child.ts";

/** Longest time that an orderly stop may take before the process ends anyway, in ms. */
const STOP_LIMIT_MS = 4500;

type Owned = { close(): Promise<void> | void };

/**
 * Owns whatever the launcher has started, so that every way out (Ctrl-C, a failed start, a child that
 * crashed, the parent's death) stops all of it once, and ends with one exit code.
 */
export class Supervisor {
  #owned: Owned[] = [];
  #release: (() => void)[] = [];
  #stopping = false;

  get stopping(): boolean {
    return this.#stopping;
  }

  /** Hands a part over; during a stop it is closed at once and the start is given up. */
  async own<T extends Owned>(part: T): Promise<T> {
    if (this.#stopping) {
      await part.close();
      throw new Problem("Stopped while starting.");
    }
    this.#owned.push(part);
    return part;
  }

  /** Something to give back only after every part has been closed, such as the data folder. */
  afterwards(release: () => void): void {
    this.#release.push(release);
  }

  /** Owns a server's process, whose end at any other time than a stop ends everything. */
  async ownServer(child: Child): Promise<Child> {
    await this.own({ close: () => child.stop() });
    void child.ended.then((how) => {
      if (this.#stopping) return;
      console.error(`${child.name} ${how}, so Sunup stops; its log is ${child.logFile}.`);
      void this.exit(1);
    });
    return child;
  }

  /** Closes every part, at the latest after STOP_LIMIT_MS, and ends this process. */
  async exit(code: number): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    setTimeout(() => process.exit(code), STOP_LIMIT_MS).unref();
    await Promise.allSettled(this.#owned.map(async (part) => part.close()));
    for (const release of this.#release) release();
    process.exit(code);
  }
}
