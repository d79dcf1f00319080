/**
 * The rows of scheduled functions. A job is pending until it ran; its row in `_scheduled_functions`
 * tells the app, its row in the queue tells the scheduler, and both change in one transaction:
 *
 *   pending ──mutation──▶ success | failed      (in the mutation's own transaction: exactly once)
 *   pending ──action──▶ inProgress ──▶ success | failed      (failed at start-up: at most once)
 *   pending | inProgress ──cancel──▶ canceled
 */
import type { JSONValue } from "convex/values";
import type { Deployment } from "../functions/registry.ts";
import { findFunction, resolveAddress, type AddressArgs } from "../runtime/address.ts";
import { SyscallError } from "../runtime/errors.ts";
import {
  isTransaction,
  type Execution,
  type Scheduled,
  type TransactionExecution,
} from "../runtime/execution.ts";
import type { SyscallArgs } from "../runtime/syscalls.ts";
import type { ReadTransaction, Store, WriteTransaction } from "../store/types.ts";
import { findRow, JOB_QUEUE, rows } from "../systemTables.ts";

export type JobState =
  { kind: "pending" | "inProgress" | "success" | "canceled" } | { kind: "failed"; error: string };

/** A row of the queue. `component` owns the job, `target` is where the function is. */
export type QueuedJob = {
  _id: string;
  jobId: string;
  component: string;
  target: string;
  path: string;
  state: "pending" | "inProgress";
  /** ms. */
  time: number;
};

/** By one mutation. */
export const MAX_SCHEDULED: Scheduled = { functions: 1000, bytes: 16 * 1024 * 1024 };
const FIVE_YEARS_S = 5 * 366 * 24 * 3600;

export class Jobs {
  readonly #store: Store;
  readonly #deployment: () => Deployment;
  /** The scheduler's: something new is due at that time (ms). */
  onScheduled: (time: number) => void = () => {};

  constructor(store: Store, deployment: () => Deployment) {
    this.#store = store;
    this.#deployment = deployment;
  }

  /** The syscall of mutations: `args` has the function's address, `ts` in seconds and its `args`. */
  schedule(tx: WriteTransaction, execution: Execution, args: SyscallArgs): string {
    const { component } = execution;
    const address = resolveAddress(this.#deployment(), component, args as AddressArgs);
    const spec = findFunction(this.#deployment(), address, "any", "all");
    if (spec.kind === "query")
      throw new SyscallError(`Cannot schedule ${spec.path}: it is a query.`);
    const seconds = Number(args.ts);
    if (!(Math.abs(seconds - Date.now() / 1000) < FIVE_YEARS_S)) {
      throw new SyscallError("Scheduled functions must be within five years from now.");
    }
    if (isTransaction(execution)) charge(execution, args);
    const time = seconds * 1000;
    const jobId = tx.insert(component, "_scheduled_functions", {
      name: address.path,
      args: [args.args ?? {}],
      scheduledTime: time,
      state: { kind: "pending" },
    });
    const { component: target, path } = address;
    tx.insert("", JOB_QUEUE, { jobId, component, target, path, state: "pending", time });
    const announce = () => this.onScheduled(time);
    if (isTransaction(execution)) execution.shared.afterCommit.push(announce);
    return jobId;
  }

  /** The syscall of actions: commits at once. */
  async scheduleNow(execution: Execution, args: SyscallArgs): Promise<string> {
    const { result } = await this.#store.mutate((tx) => this.schedule(tx, execution, args));
    this.onScheduled(Number(args.ts) * 1000);
    return result;
  }

  /** Cancels what has not ended; a running action goes on, but its end is no longer recorded. */
  cancel(tx: WriteTransaction, component: string, jobId: string): void {
    if (tx.normalizeId(component, "_scheduled_functions", jobId) === null) {
      throw new SyscallError(`"${jobId}" is not the id of a scheduled function.`);
    }
    this.finish(tx, component, jobId, { kind: "canceled" });
  }

  /** Records the end of a job that is pending or in progress; else does nothing. */
  finish(tx: WriteTransaction, component: string, jobId: string, state: JobState): void {
    const queued = findRow<QueuedJob>(tx, `${JOB_QUEUE}.by_job`, { component, jobId });
    if (queued === null) return;
    tx.remove("", queued._id);
    tx.patch(component, jobId, { state, completedTime: Date.now() });
  }

  /** Marks an action as started; false when it is no longer pending. */
  start(tx: WriteTransaction, job: QueuedJob): boolean {
    if (!this.isPending(tx, job)) return false;
    tx.patch("", job._id, { state: "inProgress" });
    tx.patch(job.component, job.jobId, { state: { kind: "inProgress" } });
    return true;
  }

  isPending(tx: ReadTransaction, { component, jobId }: QueuedJob): boolean {
    const queued = findRow<QueuedJob>(tx, `${JOB_QUEUE}.by_job`, { component, jobId });
    return queued?.state === "pending";
  }

  argumentsOf(tx: ReadTransaction, { component, jobId }: QueuedJob): JSONValue {
    const args = tx.get(component, jobId)?.args;
    return (Array.isArray(args) ? args[0] : undefined) ?? {};
  }

  /** Pending jobs, the earliest first. */
  pending(tx: ReadTransaction): Generator<QueuedJob> {
    return rows<QueuedJob>(tx, `${JOB_QUEUE}.by_time`, { state: "pending" });
  }

  /** Fails the actions that a stop interrupted: nobody knows how far they came. */
  async failInterrupted(): Promise<void> {
    await this.#store.mutate(
      (tx) => {
        for (const job of [
          ...rows<QueuedJob>(tx, `${JOB_QUEUE}.by_time`, { state: "inProgress" }),
        ]) {
          const error = "Transient error while executing action";
          this.finish(tx, job.component, job.jobId, { kind: "failed", error });
        }
      },
      { limits: false },
    );
  }

  /** Forgets jobs of `component` that ended before `time` (ms). */
  async forgetCompleted(component: string, time: number): Promise<void> {
    await this.#store.mutate(
      async (tx) => {
        const source = {
          type: "FullTableScan",
          tableName: "_scheduled_functions",
          order: "asc",
        } as const;
        const stream = tx.query(component, { source, operators: [] });
        const old: string[] = [];
        for (let next = stream.next(); !next.done; next = stream.next()) {
          const { _id, completedTime } = next.value!;
          if (typeof completedTime === "number" && completedTime < time) old.push(_id);
          await this.#store.breathe();
        }
        for (const id of old) {
          tx.remove(component, id);
          await this.#store.breathe();
        }
      },
      { limits: false },
    );
  }
}

function charge({ shared }: TransactionExecution, { args }: SyscallArgs): void {
  const { scheduled, mostScheduled } = shared;
  scheduled.functions++;
  scheduled.bytes += JSON.stringify(args ?? {}).length;
  if (scheduled.functions > mostScheduled.functions) {
    throw new SyscallError(
      `Too many functions scheduled by this mutation (limit: ${mostScheduled.functions})`,
    );
  }
  if (scheduled.bytes > mostScheduled.bytes) {
    throw new SyscallError(
      `Too large total size of the arguments of scheduled functions from this mutation (limit: ${mostScheduled.bytes} bytes)`,
    );
  }
}
