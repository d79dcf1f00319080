/**
 * How much of the thread each lane (a person, or the engine itself) has had lately, so that whoever
 * had the least goes first. What was had a second ago counts half; so nobody is made to wait for
 * what they did long before, and nobody saves up.
 */
const HALF_LIFE_MS = 1000;
/** Until the sums are brought down again: they double every half-life. */
const HALF_LIVES = 60;
const FORGOTTEN_MS = 0.001;

export class Shares {
  /** ms, each worth twice as much as one that was charged a half-life earlier: no sum ever changes. */
  readonly #had = new Map<string, number>();
  #began = 0;

  /** `now` and `ms` in milliseconds of one clock. */
  charge(lane: string, ms: number, now: number): void {
    if (now - this.#began > HALF_LIVES * HALF_LIFE_MS) this.#bringDown(now);
    const worth = 2 ** ((now - this.#began) / HALF_LIFE_MS);
    this.#had.set(lane, this.of(lane) + ms * worth);
  }

  /** To be compared with another lane's, and with nothing else. */
  of(lane: string): number {
    return this.#had.get(lane) ?? 0;
  }

  #bringDown(now: number): void {
    const factor = 2 ** ((this.#began - now) / HALF_LIFE_MS);
    for (const [lane, had] of this.#had) {
      if (had * factor < FORGOTTEN_MS) this.#had.delete(lane);
      else this.#had.set(lane, had * factor);
    }
    this.#began = now;
  }
}
