/**
 * Runs scheduled functions when they are due, at most ten at a time. A mutation runs and is marked
 * done in one transaction, so exactly once; an action is marked as started before it runs, so at
 * most once (jobs.ts has the states).
 */
import { ENGINE_REQUEST } from "../runtime/execution.ts";
import { newRequestId } from "../runtime/errors.ts";
import { SYSTEM } from "../runtime/identity.ts";
import type { Call, Runner } from "../runtime/runner.ts";
import type { Store } from "../store/types.ts";
import type { Jobs, QueuedJob } from "./jobs.ts";

const PARALLEL = 10;
/** setTimeout takes at most 2^31 ms; looking again earlier costs nothing. */
const LONGEST_SLEEP_MS = 60 * 60_000;
const RETRY_MS = 1000;

export class Scheduler {
  readonly #store: Store;
  readonly #runner: Runner;
  readonly #jobs: Jobs;
  readonly #running = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #wakeAt = Infinity;
  #stopped = true;

  constructor(store: Store, runner: Runner, jobs: Jobs) {
    this.#store = store;
    this.#runner = runner;
    this.#jobs = jobs;
  }

  /** Fails what a stop interrupted, then runs what is due. */
  async start(): Promise<void> {
    await this.#jobs.failInterrupted();
    this.#stopped = false;
    this.#jobs.onScheduled = (time) => this.#wake(time);
    this.#wake(0);
  }

  /** Starts nothing more and waits for mutations; running actions are left to fail at the next start. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #wake(time: number): void {
    if (this.#stopped || time >= this.#wakeAt) return;
    clearTimeout(this.#timer);
    this.#wakeAt = time;
    const delay = Math.min(Math.max(0, time - Date.now()), LONGEST_SLEEP_MS);
    this.#timer = setTimeout(() => this.#startDue(), delay);
  }

  #startDue(): void {
    this.#wakeAt = Infinity;
    if (this.#stopped) return;
    const tx = this.#store.snapshot({ limits: false });
    try {
      for (const job of this.#jobs.pending(tx)) {
        if (this.#running.has(job._id)) continue;
        if (job.time > Date.now()) return this.#wake(job.time);
        if (this.#running.size >= PARALLEL) return; // the next one that ends looks again
        this.#running.set(job._id, this.#run(job, this.#jobs.argumentsOf(tx, job)));
      }
    } finally {
      tx.close();
    }
  }

  async #run(job: QueuedJob, args: Call["args"]): Promise<void> {
    let lookAgain = 0;
    try {
      const { component, jobId, target, path } = job;
      const identity = SYSTEM;
      const request = {
        ...ENGINE_REQUEST,
        requestId: newRequestId(),
        identity,
        scheduledJobId: jobId,
        reason: "scheduler" as const,
      };
      const call: Call = { component: target, path, args, request, allowed: "all" };
      if (this.#runner.kindOf(call) === "action") await this.#runAction(job, call);
      else
        await this.#runner.mutation(call, {
          replay: (tx) => (this.#jobs.isPending(tx, job) ? null : { value: null, ts: tx.ts }),
          record: (tx) => this.#jobs.finish(tx, component, jobId, { kind: "success" }),
          recordFailure: (tx, error) =>
            this.#jobs.finish(tx, component, jobId, { kind: "failed", error: error.message }),
        });
    } catch {
      // The engine's failure, not the function's (a full disk, a store that closes): still pending.
      lookAgain = Date.now() + RETRY_MS;
    } finally {
      this.#running.delete(job._id);
      this.#wake(lookAgain);
    }
  }

  async #runAction(job: QueuedJob, call: Call): Promise<void> {
    const started = await this.#store.mutate((tx) => this.#jobs.start(tx, job));
    if (!started.result) return;
    const outcome = await this.#runner.action(call);
    await this.#store.mutate((tx) =>
      this.#jobs.finish(
        tx,
        job.component,
        job.jobId,
        outcome.ok ? { kind: "success" } : { kind: "failed", error: outcome.error.message },
      ),
    );
  }
}
