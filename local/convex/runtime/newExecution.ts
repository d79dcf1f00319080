/** Executions as they are when a function begins. */
import { MAX_SCHEDULED } from "../scheduling/jobs.ts";
import type { ReadTransaction } from "../store/types.ts";
import type { FunctionAddress } from "./address.ts";
import type {
  ActionExecution,
  RequestContext,
  TransactionExecution,
  TransactionState,
} from "./execution.ts";
import { newOwnTime } from "./ownTime.ts";
import { SeededRandom } from "./random.ts";
import { UserTime } from "./userTime.ts";

type Called = FunctionAddress & { request: RequestContext };

/** @param now its frozen time, ms. */
export function newTransaction(
  kind: "query" | "mutation",
  called: Called,
  tx: ReadTransaction,
  now: number,
): TransactionExecution {
  return {
    ...common(called),
    ...{ kind, tx, parent: null, streams: new Map(), nextStreamId: 0 },
    ...{ paginated: false, journal: null, nextJournal: null, queue: Promise.resolve() },
    started: { open: 0, failed: false },
    userTime: new UserTime(),
    shared: newTransactionState(called.request.requestId, now),
  };
}

export function newAction(kind: "action" | "httpAction", called: Called): ActionExecution {
  const traffic = { filesRead: 0, filesWritten: 0, egress: 0 };
  return { ...common(called), kind, traffic };
}

export function newTransactionState(seed: string, now: number): TransactionState {
  return {
    now,
    random: new SeededRandom(`${seed}${Math.random()}`),
    afterCommit: [],
    scheduled: { functions: 0, bytes: 0 },
    mostScheduled: MAX_SCHEDULED,
    retries: 0,
  };
}

function common({ request, component, path }: Called) {
  return {
    ...{ request, component, path, logs: [], ended: false },
    ...{ argumentBytes: null, resultBytes: null, time: newOwnTime() },
  };
}
