/**
 * One run of one function. The engine enters it with AsyncLocalStorage, so that the globals and
 * syscalls of bundled code know for whom they work.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { DocStream, ReadTransaction, WriteTransaction } from "../store/types.ts";
import type { RunReason } from "../logs/events.ts";
import type { Identity } from "./identity.ts";
import type { LogLine } from "./console.ts";
import type { OwnTime } from "./ownTime.ts";
import type { SeededRandom } from "./random.ts";
import type { Started } from "./unawaited.ts";
import type { UserTime } from "./userTime.ts";

/** What stays the same from the first function of a request to the innermost nested one. */
export type RequestContext = {
  requestId: string;
  identity: Identity;
  ip: string | null;
  userAgent: string | null;
  /** The job, if the scheduler started this. */
  scheduledJobId: string | null;
  reason: RunReason;
  /** Mutations of the same client that wait, this one included; null if it did not come in a queue. */
  queueLength: number | null;
};

export const ENGINE_REQUEST: Omit<RequestContext, "requestId" | "identity" | "reason"> = {
  ip: null,
  userAgent: null,
  scheduledJobId: null,
  queueLength: null,
};

type Common = {
  request: RequestContext;
  component: string;
  /** "module:function", or "http" for an HTTP action. */
  path: string;
  logs: LogLine[];
  /** Of its arguments and its result; null until they are known. */
  argumentBytes: number | null;
  resultBytes: number | null;
  time: OwnTime;
  /** Set when the function has returned: what it left running may do nothing more. */
  ended: boolean;
};

/** Functions that a transaction scheduled, and the size of their arguments. */
export type Scheduled = { functions: number; bytes: number };

/** Shared by a query or mutation and all that it nests. */
export type TransactionState = {
  /** Frozen, ms. */
  now: number;
  random: SeededRandom;
  /** Called after the commit, in order. */
  afterCommit: (() => void)[];
  scheduled: Scheduled;
  /** At most as many may be scheduled. */
  mostScheduled: Scheduled;
  /** How often the mutation ran before in vain. */
  retries: number;
};

export type TransactionExecution = Common & {
  kind: "query" | "mutation";
  /** The function that called this one with ctx.runQuery or ctx.runMutation. */
  parent: TransactionExecution | null;
  tx: ReadTransaction | WriteTransaction;
  shared: TransactionState;
  /** Open `db.query` iterations. */
  streams: Map<number, DocStream>;
  nextStreamId: number;
  paginated: boolean;
  /** Where the page ended when this query ran first; see queryPage in syscalls. */
  journal: { endCursor: string } | null;
  nextJournal: { endCursor: string } | null;
  /** Syscalls run one after another: a nested mutation owns the transaction while it runs. */
  queue: Promise<unknown>;
  started: Started;
  userTime: UserTime;
};

export type ActionExecution = Common & {
  kind: "action" | "httpAction";
  /** Bytes to and from file storage, and to the client of an HTTP action. */
  traffic: { filesRead: number; filesWritten: number; egress: number };
};

export type Execution = TransactionExecution | ActionExecution;

export const currentExecution = new AsyncLocalStorage<Execution>();

export function isTransaction(execution: Execution): execution is TransactionExecution {
  return execution.kind === "query" || execution.kind === "mutation";
}

/** Whether it runs in the transaction of a mutation, which others wait for. */
export function holdsWriter(execution: Execution): boolean {
  if (!isTransaction(execution)) return false;
  return (
    execution.kind === "mutation" || (execution.parent !== null && holdsWriter(execution.parent))
  );
}

/** Whether the function, or one that called it, has returned. */
export function hasEnded(execution: Execution): boolean {
  if (execution.ended) return true;
  return isTransaction(execution) && execution.parent !== null && hasEnded(execution.parent);
}
