/**
 * Puts the write-ahead log on disk for all commits that wait for it at once, outside of the event
 * loop: a sync takes from half a ms to 100 ms on a busy disk, and inside of COMMIT it would hold up
 * every query and socket for that long.
 *
 * Invariant: a request is fulfilled by a sync that began after it was made, so it covers all that was
 * written before; those that come while one runs share the next one.
 */
import fs from "node:fs";

export class GroupSync {
  private readonly file: string;
  private descriptor: number | null = null;
  private running: Promise<void> | null = null;
  private next: Promise<void> | null = null;

  /** `file` must exist at the first request, and stay the same file until `close`. */
  constructor(file: string) {
    this.file = file;
  }

  /** Resolves when everything written so far is on disk. */
  request(): Promise<void> {
    if (this.running === null) return this.start();
    this.next ??= this.running.then(
      () => this.startNext(),
      () => this.startNext(),
    );
    return this.next;
  }

  /** What was asked for last, if it is not done yet. */
  get pending(): Promise<void> | undefined {
    return this.next ?? this.running ?? undefined;
  }

  async close(): Promise<void> {
    await this.pending?.catch(() => undefined);
    if (this.descriptor !== null) fs.closeSync(this.descriptor);
  }

  private startNext(): Promise<void> {
    this.next = null;
    return this.start();
  }

  private start(): Promise<void> {
    const descriptor = (this.descriptor ??= fs.openSync(this.file, "r+"));
    const run = new Promise<void>((resolve, reject) => {
      fs.fdatasync(descriptor, (error) => (error === null ? resolve() : reject(error)));
    }).finally(() => {
      if (this.running === run) this.running = null;
    });
    this.running = run;
    return run;
  }
}
