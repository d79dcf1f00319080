/**
 * Runs functions: finds them, checks arguments and results against their validators, gives each an
 * Execution, and a transaction if it is a query or mutation. A function's own failure is a value
 * here (`ok: false`); what is thrown is the engine's fault.
 */
import type { JSONValue } from "convex/values";
import type { Deployment, FunctionKind, FunctionSpec, HttpHandler } from "../functions/registry.ts";
import type { OccInfo } from "../logs/events.ts";
import type { LogSink } from "../logs/sink.ts";
import type { ReadSet, ReadTransaction, Store, WriteTransaction } from "../store/types.ts";
import { findFunction, type FunctionAddress } from "./address.ts";
import { parsed } from "./commitTs.ts";
import { FunctionError, toFunctionError } from "./errors.ts";
import {
  currentExecution,
  isTransaction,
  type Execution,
  type RequestContext,
  type TransactionExecution,
  type TransactionState,
} from "./execution.ts";
import { isPrivileged, laneOf } from "./identity.ts";
import { newAction, newTransaction, newTransactionState } from "./newExecution.ts";
import { checkDepth, lowerLimits, type NestedLimits } from "./nesting.ts";
import { allDone } from "./unawaited.ts";
import { checkArguments, checkResultLimits, checkReturns } from "./validation.ts";

export type Call = FunctionAddress & {
  args: JSONValue;
  request: RequestContext;
  /** Whether internal functions may be called; clients may not. */
  allowed: "public" | "all";
};
export type Success = { ok: true; value: JSONValue; logs: Execution["logs"] };
export type Failure = { ok: false; error: FunctionError; logs: Execution["logs"] };
export type QueryOutcome = (Success | Failure) & {
  reads: ReadSet;
  ts: bigint;
  journal: string | null;
};
export type MutationOutcome = (Success & { ts: bigint }) | Failure;
export type ActionOutcome = Success | Failure;

export type MutationHooks = {
  /** The writer is free and the function begins. */
  onStart?: () => void;
  /** In the transaction, before the function: an earlier result ends the call. */
  replay?: (tx: WriteTransaction) => { value: JSONValue; ts: bigint } | null;
  /** In the transaction, after the function succeeded. */
  record?: (tx: WriteTransaction, value: JSONValue) => void;
  /** In the transaction, after the function failed and its writes were undone. Else it rolls back. */
  recordFailure?: (tx: WriteTransaction, error: FunctionError) => void;
};

/** A transaction that never ends would hold up every other; Convex allows it 1 s of user time. */
const TRANSACTION_TIMEOUT_MS = 15_000;
const ACTION_TIMEOUT_MS = 10 * 60_000;
const MAX_VALUE_BYTES = 16 * 1024 * 1024;
/** Convex gives up after as many. */
const MAX_CONFLICTS = 3;
const DISCARDED = Symbol("discarded");

export class Runner {
  readonly #store: Store;
  readonly #deployment: () => Deployment;
  readonly #log: LogSink;
  readonly #conflicts: number;
  readonly #running = new Set<Promise<unknown>>();

  /** @param conflicts the share of mutations that run once in vain, as if others had written. */
  constructor(store: Store, deployment: () => Deployment, log: LogSink, conflicts = 0) {
    this.#store = store;
    this.#deployment = deployment;
    this.#log = log;
    this.#conflicts = conflicts;
  }

  /** Waits for the queries and mutations that run. */
  async drain(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  /** A query on the latest state; what it has read is durable when the result is there. */
  async query(call: Call): Promise<QueryOutcome> {
    const tx = this.#store.snapshot();
    try {
      const outcome = await this.queryOn(tx, call, null);
      return { ...outcome, ts: await this.#store.shownAt(outcome.ts, [outcome.reads]) };
    } finally {
      tx.close();
    }
  }

  /** A query on a snapshot, which stays open. `journal` is what the same query gave when it ran last. */
  async queryOn(tx: ReadTransaction, call: Call, journal: string | null): Promise<QueryOutcome> {
    await this.#store.breathe(laneOf(call.request.identity));
    const execution = newTransaction("query", call, tx, Date.now());
    execution.journal = journal === null ? null : (JSON.parse(journal) as { endCursor: string });
    const outcome = await this.#track(this.#run(execution, call, "query"));
    const next = execution.nextJournal;
    return { ...outcome, reads: tx.reads, ts: tx.ts, journal: next && JSON.stringify(next) };
  }

  async mutation(call: Call, hooks: MutationHooks = {}): Promise<MutationOutcome> {
    return await this.#track(this.#mutationAfterConflicts(call, hooks));
  }

  async action(call: Call): Promise<ActionOutcome> {
    return await this.#run(newAction("action", call), call, "action");
  }

  /** Null when there is no such function. */
  kindOf({ component, path }: FunctionAddress): FunctionKind | null {
    return this.#deployment().components.get(component)?.functions.get(path)?.kind ?? null;
  }

  /** Whatever kind the function is of. */
  async any(call: Call): Promise<Success | Failure> {
    let spec: FunctionSpec;
    try {
      spec = this.#find(call, "any");
    } catch (error) {
      return { ok: false, error: toFunctionError(error), logs: [] };
    }
    return await this[spec.kind](call);
  }

  /**
   * An HTTP action until `respond` has sent the whole response and said how many bytes it was: the
   * function may go on working, and printing, while its body streams.
   */
  async httpAction(
    component: string,
    route: string,
    handler: HttpHandler,
    request: Request,
    respond: (response: Response) => Promise<number>,
    context: RequestContext,
  ): Promise<Success | Failure> {
    const call = { component, path: route, request: context };
    const execution = newAction("httpAction", call);
    const started = performance.now();
    const run = currentExecution.run(execution, async () => {
      const response: unknown = await handler.invokeHttpAction(request);
      if (!(response instanceof Response))
        throw new Error("The HTTP action did not return a Response.");
      execution.traffic.egress = await respond(response);
    });
    try {
      await withTimeout(run, ACTION_TIMEOUT_MS);
      this.#log.execution(execution, null, performance.now() - started, { error: null });
      return { ok: true, value: null, logs: execution.logs };
    } catch (thrown) {
      const error = toFunctionError(thrown);
      this.#log.execution(execution, null, performance.now() - started, { error });
      return { ok: false, error, logs: execution.logs };
    } finally {
      execution.ended = true;
    }
  }

  /**
   * A query or mutation inside of another, in its transaction. `stale` reads the state before it;
   * `limits` are what it may do at most, if that is less than what its caller may still do.
   * @throws FunctionError; the nested mutation's writes are undone then.
   */
  async nested(
    parent: TransactionExecution,
    kind: "query" | "mutation",
    address: FunctionAddress,
    args: JSONValue,
    { stale, limits }: { stale: boolean; limits: NestedLimits },
  ): Promise<JSONValue> {
    if (kind === "mutation" && parent.kind === "query") {
      throw new FunctionError("Cannot run a mutation from a query.");
    }
    checkDepth(parent);
    const call: Call = { ...address, args, request: parent.request, allowed: "all" };
    const snapshot = stale ? this.#store.snapshot() : null;
    const child: TransactionExecution = {
      ...newTransaction(kind, call, snapshot ?? parent.tx, parent.shared.now),
      shared: parent.shared,
      parent,
      logs: parent.logs,
    };
    const run = async () => {
      const outcome = await this.#run(child, call, kind);
      if (!outcome.ok) throw outcome.error;
      return outcome.value;
    };
    const { length: pending } = parent.shared.afterCommit;
    const restoreLimits = lowerLimits(child, limits);
    try {
      return kind === "mutation"
        ? await (parent.tx as WriteTransaction).savepoint(run)
        : await run();
    } catch (error) {
      parent.shared.afterCommit.length = pending;
      throw error;
    } finally {
      restoreLimits();
      snapshot?.close();
    }
  }

  /**
   * Mutations run alone here, so none ever has to run again. On Convex they do, and code that is not
   * made for it (state in a module, say) goes wrong only there. So a share of them runs once and is
   * thrown away, whatever came out, before it runs for good. Of one that fails the log says nothing
   * then: it has nothing to commit, so that on Convex it meets no conflict.
   */
  async #mutationAfterConflicts(call: Call, hooks: MutationHooks): Promise<MutationOutcome> {
    const lane = laneOf(call.request.identity);
    let retries = 0;
    while (retries < MAX_CONFLICTS && Math.random() < this.#conflicts) {
      await this.#store
        .mutate(
          async (tx) => {
            hooks.onStart?.();
            if (hooks.replay?.(tx)) return;
            const execution = newTransaction("mutation", call, tx, tx.now);
            execution.shared.retries = retries;
            await this.#run(execution, call, "mutation", randomConflict(retries));
            throw DISCARDED;
          },
          { lane },
        )
        .catch((error: unknown) => {
          if (error !== DISCARDED) throw error;
        });
      retries++;
    }
    return await this.#mutation(call, hooks, retries);
  }

  async #mutation(call: Call, hooks: MutationHooks, retries: number): Promise<MutationOutcome> {
    const shared: TransactionState = { ...newTransactionState(call.request.requestId, 0), retries };
    let failure: Failure | undefined;
    try {
      const { result, ts } = await this.#store.mutate(
        async (tx) => {
          hooks.onStart?.();
          const earlier = hooks.replay?.(tx);
          if (earlier) return { ok: true as const, ...earlier, logs: [] };
          shared.now = tx.now;
          const execution = { ...newTransaction("mutation", call, tx, tx.now), shared };
          const run = async () => {
            const outcome = await this.#run(execution, call, "mutation");
            if (outcome.ok) return outcome;
            failure = outcome;
            throw outcome.error;
          };
          if (hooks.recordFailure === undefined) {
            const outcome = await run();
            hooks.record?.(tx, outcome.value);
            return outcome;
          }
          try {
            const outcome = await tx.savepoint(run);
            hooks.record?.(tx, outcome.value);
            return outcome;
          } catch (error) {
            if (failure === undefined) throw error;
            shared.afterCommit.length = 0;
            hooks.recordFailure(tx, failure.error);
            return failure;
          }
        },
        { lane: laneOf(call.request.identity) },
      );
      for (const step of shared.afterCommit) step();
      return result.ok ? { ts, ...result } : result;
    } catch (error) {
      if (failure !== undefined) return failure;
      throw error;
    }
  }

  async #run(
    execution: Execution,
    call: Call,
    kind: FunctionKind,
    conflict?: OccInfo,
  ): Promise<Success | Failure> {
    const started = performance.now();
    let spec: FunctionSpec | null = null;
    const ended = (error: FunctionError | null) => {
      const took = performance.now() - started;
      if (isTransaction(execution))
        execution.parent?.userTime.addNested(execution.userTime.of(took));
      this.#log.execution(execution, spec, took, { error, conflict });
    };
    try {
      spec = this.#find(call, kind);
      const value = await this.#invoke(execution, spec, call.args);
      ended(null);
      return { ok: true, value, logs: execution.logs };
    } catch (thrown) {
      const error = toFunctionError(thrown);
      if (conflict === undefined) ended(error);
      return { ok: false, error, logs: execution.logs };
    }
  }

  #find(call: Call, kind: FunctionKind | "any"): FunctionSpec {
    const allowed = isPrivileged(call.request.identity) ? "all" : call.allowed;
    return findFunction(this.#deployment(), call, kind, allowed);
  }

  async #invoke(execution: Execution, spec: FunctionSpec, args: JSONValue): Promise<JSONValue> {
    const tx = "tx" in execution ? execution.tx : this.#store.snapshot();
    let timeout = ACTION_TIMEOUT_MS;
    try {
      checkArguments(spec, args, tx);
      const text = JSON.stringify([args]);
      execution.argumentBytes = text.length - 2;
      if (text.length > MAX_VALUE_BYTES) {
        throw new FunctionError(`Arguments for ${spec.path} are too large (maximum size 16 MiB).`);
      }
      if ("tx" in execution) timeout = TRANSACTION_TIMEOUT_MS;
      else tx.close();
      const run = currentExecution.run(execution, async () => {
        const result = await spec.invoke(execution.request.requestId, text);
        if ("tx" in execution) await allDone(execution);
        return result;
      });
      const result = await withTimeout(run, timeout);
      // It may have caught the error and gone on.
      if (execution.time.over !== null) throw execution.time.over;
      if (result.length > MAX_VALUE_BYTES) {
        throw new FunctionError(`${spec.path} returned too large a value (maximum size 16 MiB).`);
      }
      execution.resultBytes = result.length;
      const value = parsed(execution, result);
      checkResultLimits(spec, value);
      if (spec.returns !== null) this.#checkReturns(execution, spec, value);
      return value;
    } finally {
      execution.ended = true;
      if ("tx" in execution) await settled(execution);
      else tx.close();
    }
  }

  #checkReturns(execution: Execution, spec: FunctionSpec, value: JSONValue): void {
    if ("tx" in execution) return checkReturns(spec, value, execution.tx);
    const tx = this.#store.snapshot();
    try {
      checkReturns(spec, value, tx);
    } finally {
      tx.close();
    }
  }

  async #track<T>(run: Promise<T>): Promise<T> {
    this.#running.add(run);
    try {
      return await run;
    } finally {
      this.#running.delete(run);
    }
  }
}

function randomConflict(retries: number): OccInfo {
  const nobody = { table_name: null, document_id: null, write_source: null };
  return { ...nobody, retry_count: retries };
}

/** Of a function that failed: what it did not await must not outlive its transaction. */
async function settled(execution: TransactionExecution): Promise<void> {
  execution.ended = true;
  await execution.queue;
}

async function withTimeout<T>(run: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    const seconds = milliseconds / 1000;
    const message = `Function execution timed out (maximum duration: ${seconds}s)`;
    timer = setTimeout(() => reject(new FunctionError(message)), milliseconds);
  });
  try {
    return await Promise.race([run, limit]);
  } finally {
    clearTimeout(timer);
  }
}
