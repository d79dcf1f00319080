/**
 * The queries that one client watches. `refresh` runs those that are new or stale, all on snapshots
 * of one commit, and subscribes each to what it has read; its results are durable.
 */
import { createHash } from "node:crypto";
import type { SystemAnswer, SystemQuery } from "../http/systemQueries.ts";
import type { RunReason } from "../logs/events.ts";
import { clientError } from "../runtime/errors.ts";
import { isPrivileged, type Identity } from "../runtime/identity.ts";
import type { Call, QueryOutcome, Runner } from "../runtime/runner.ts";
import type { ReadTransaction, Store } from "../store/types.ts";
import { functionCall, visibleLogs, type Origin } from "./calls.ts";
import type { AddQuery, QueryModification, StateModification } from "./protocol.ts";
import type { Subscription, Subscriptions } from "./subscriptions.ts";

export type QuerySetServices = {
  store: Store;
  runner: Pick<Runner, "queryOn" | "mutation" | "action">;
  subscriptions: Subscriptions;
  /** Queries that only the engine answers, for the CLI and the dashboard. */
  systemQuery: (query: SystemQuery) => SystemAnswer | undefined;
};

type LiveQuery = AddQuery & {
  /** Null: to be run. */
  subscription: Subscription | null;
  /** Hash of the result that the client has, to leave out repetitions. */
  sent: string | null;
  /** Why it runs next. */
  reason: RunReason;
};

export class QuerySet {
  readonly #services: QuerySetServices;
  readonly #origin: Origin;
  readonly #onStale: () => void;
  readonly #queries = new Map<number, LiveQuery>();

  constructor(services: QuerySetServices, origin: Origin, onStale: () => void) {
    this.#services = services;
    this.#origin = origin;
    this.#onStale = onStale;
  }

  /** Adds and removes; gives the removals. */
  modify(modifications: QueryModification[]): StateModification[] {
    const removed: StateModification[] = [];
    for (const modification of modifications) {
      const { queryId } = modification;
      const existing = this.#queries.get(queryId);
      if (existing !== undefined) this.#unsubscribe(existing);
      if (modification.type === "Add") {
        this.#queries.set(queryId, {
          ...modification,
          subscription: null,
          sent: null,
          reason: "initialSubscription",
        });
      } else {
        this.#queries.delete(queryId);
        removed.push({ type: "QueryRemoved", queryId });
      }
    }
    return removed;
  }

  /** All are to be run again, for another identity. */
  invalidate(): void {
    for (const query of this.#queries.values()) {
      this.#unsubscribe(query);
      if (query.reason === "dataChange") query.reason = "identityChange";
    }
  }

  /**
   * Runs what is due on the latest commit; gives the results that the client does not have, and the
   * commit on disk that they are as of: not before `known`, up to which all others were known to hold.
   */
  async refresh(
    identity: Identity,
    known: bigint,
  ): Promise<{ ts: bigint; modifications: StateModification[] }> {
    const due = [...this.#queries.values()].filter(
      ({ subscription }) => subscription === null || subscription.stale,
    );
    // Taken in one breath, so of one commit.
    const { store } = this.#services;
    const latest = store.latestTs();
    const snapshots = due.map(() => store.snapshot());
    let results: (StateModification | null)[];
    try {
      results = await Promise.all(due.map((query, i) => this.#run(query, identity, snapshots[i]!)));
    } finally {
      for (const snapshot of snapshots) snapshot.close();
    }
    const modifications = results.filter((result) => result !== null);
    // What the engine answers itself does not say what it has read.
    if (!due.some(({ udfPath }) => isSystem(udfPath))) {
      const reads = snapshots.map((snapshot) => snapshot.reads);
      const ts = await store.shownAt(latest, reads);
      if (ts >= known) return { ts, modifications };
    }
    await store.durable();
    return { ts: latest, modifications };
  }

  close(): void {
    for (const query of this.#queries.values()) this.#unsubscribe(query);
    this.#queries.clear();
  }

  async #run(
    query: LiveQuery,
    identity: Identity,
    snapshot: ReadTransaction,
  ): Promise<StateModification | null> {
    const { runner, subscriptions, systemQuery } = this.#services;
    const { queryId, udfPath } = query;
    if (isSystem(udfPath) && isPrivileged(identity)) {
      const component = query.componentPath ?? "";
      const answer = systemQuery({ path: udfPath, args: query.args[0] ?? {}, component });
      if (answer !== undefined) {
        const common = { queryId, logLines: [], journal: null };
        return answer.ok
          ? { type: "QueryUpdated", value: answer.value, ...common }
          : { type: "QueryFailed", errorMessage: answer.errorMessage, ...common };
      }
    }
    const call = functionCall(query, identity, this.#origin, query.reason);
    query.reason = "dataChange";
    const outcome = await runner.queryOn(snapshot, call, query.journal ?? null);
    if (this.#queries.get(queryId) === query) {
      this.#unsubscribe(query);
      query.subscription = subscriptions.subscribe(outcome.reads, outcome.ts, this.#onStale);
    }
    return this.#modification(query, call, outcome);
  }

  #modification(
    query: LiveQuery,
    { request }: Call,
    outcome: QueryOutcome,
  ): StateModification | null {
    const { queryId } = query;
    const { journal } = outcome;
    query.journal = journal;
    const failure = outcome.ok
      ? null
      : clientError(outcome.error, request.requestId, request.identity);
    const content = outcome.ok ? outcome.value : [outcome.error.message, outcome.error.data];
    const hash = createHash("sha1")
      .update(JSON.stringify([outcome.ok, content, journal]))
      .digest("base64");
    if (query.sent === hash) return null;
    query.sent = hash;
    const logLines = visibleLogs(outcome.logs, request.identity);
    return failure === null
      ? {
          type: "QueryUpdated",
          queryId,
          value: outcome.ok ? outcome.value : null,
          logLines,
          journal,
        }
      : { type: "QueryFailed", queryId, ...failure, logLines, journal };
  }

  #unsubscribe(query: LiveQuery): void {
    if (query.subscription !== null) this.#services.subscriptions.unsubscribe(query.subscription);
    query.subscription = null;
  }
}

function isSystem(path: string): boolean {
  return path.startsWith("_system/");
}
