/**
 * How much of a query's or mutation's time its own code took: all of it that no syscall was awaited.
 * What a nested function's code took counts, although its caller was in a syscall meanwhile.
 */
export class UserTime {
  #pending = 0;
  #since = 0;
  #elsewhere = 0;

  /** Until the promise settles, the function is in a syscall; several may be under way. */
  async during<T>(syscall: Promise<T>): Promise<T> {
    if (this.#pending++ === 0) this.#since = performance.now();
    try {
      return await syscall;
    } finally {
      if (--this.#pending === 0) this.#elsewhere += performance.now() - this.#since;
    }
  }

  addNested(milliseconds: number): void {
    this.#elsewhere -= milliseconds;
  }

  /** ms, of a run that took `total` ms. */
  of(total: number): number {
    return Math.min(total, Math.max(0, total - this.#elsewhere));
  }
}
