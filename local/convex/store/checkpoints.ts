/**
 * Moves the write-ahead log into the data file. SQLite would do it inside of every thousandth COMMIT
 * or so, which held up everybody for up to 75 ms; here a worker thread does it, while the event loop
 * and the writer go on.
 *
 * Invariants
 * - Nothing that was committed depends on it: a log that was not moved is read at the next start.
 * - The log starts over only when all of it has been moved and nobody writes meanwhile. So when the
 *   worker is nearly up to date the writer's own thread moves the rest, between two mutations.
 */
import { Worker } from "node:worker_threads";
import type { Connection } from "./connection.ts";

/** What `PRAGMA wal_checkpoint` answers. */
export type CheckpointResult = { busy: number; log: number; checkpointed: number };

const LOOK_EVERY_MS = 500;
/** A log shorter than this (pages of 4 KiB) is left to grow: syncing the data file slows commits. */
const LONG_LOG = 8000;
/** What the writer's own thread moves in a few ms. */
const SHORT_REST = 500;
/** Here the log must start over, whatever it takes. */
const LONGEST_LOG = 65_536;

export class Checkpoints {
  private readonly file: string;
  private readonly writer: Connection;
  /** Runs between two mutations: within one SQLite refuses even to look. */
  private readonly enqueue: (task: () => void) => void;
  private timer: NodeJS.Timeout | undefined;
  private worker: Worker | undefined;
  /** Whether the worker has been asked. */
  private working = false;
  private closed = false;

  constructor(file: string, writer: Connection, enqueue: (task: () => void) => void) {
    this.file = file;
    this.writer = writer;
    this.enqueue = enqueue;
  }

  /** The log may have become long. */
  afterCommit(): void {
    if (this.timer !== undefined || this.working || this.closed) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.enqueue(() => {
        if (this.run("NOOP").log >= LONG_LOG) this.start();
      });
    }, LOOK_EVERY_MS).unref();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.worker?.terminate();
  }

  private start(): void {
    this.working = true;
    this.worker ??= this.startWorker();
    this.worker.postMessage("checkpoint");
  }

  private startWorker(): Worker {
    const worker = new Worker(new URL("./checkpointWorker.ts", import.meta.url), {
      workerData: this.file,
    });
    worker.unref();
    worker.on("message", (result: CheckpointResult) => this.done(result));
    worker.on("error", () => {
      this.worker = undefined;
      this.done({ busy: 1, log: LONGEST_LOG, checkpointed: 0 });
    });
    return worker;
  }

  private done({ log, checkpointed }: CheckpointResult): void {
    if (this.closed) return;
    this.working = false;
    if (log - checkpointed > SHORT_REST && log < LONGEST_LOG) this.afterCommit();
    else this.enqueue(() => void this.run("PASSIVE"));
  }

  /** On the writer's connection; NOOP only tells how long the log is. */
  private run(mode: "NOOP" | "PASSIVE"): CheckpointResult {
    const row = this.writer.prepare(`PRAGMA wal_checkpoint(${mode})`).get();
    const [busy, log, checkpointed] = row as unknown as [number, number, number];
    return { busy, log, checkpointed };
  }
}
