/**
 * Who waits for which data. A subscription is the read set of a query's result and the timestamp up
 * to which the result is known to hold; a commit whose writes meet the reads makes it stale.
 *
 * A query runs on a snapshot, so commits may land between its snapshot and the moment it subscribes:
 * `subscribe` looks through the commit log from the snapshot on (test: "miss no commit that lands while
 * they run"). And all that a commit makes stale is marked before anybody is told, so that whoever
 * then runs its stale queries runs all of them (test: "are all as of one moment").
 */
import { overlaps } from "../store/readset.ts";
import type { Commit, ReadSet, Store } from "../store/types.ts";
import { Watchers } from "./watchers.ts";

export class Subscription {
  stale = false;
  readonly reads: ReadSet;
  readonly onStale: () => void;

  constructor(reads: ReadSet, onStale: () => void) {
    this.reads = reads;
    this.onStale = onStale;
  }
}

export class Subscriptions {
  readonly #store: Store;
  readonly #active = new Watchers<Subscription>();
  readonly #stop: () => void;

  constructor(store: Store) {
    this.#store = store;
    this.#stop = store.commits.subscribe((commit) => this.#onCommit(commit));
  }

  /** `onStale` is called once, from here on; a result that is stale already is reported at once. */
  subscribe(reads: ReadSet, ts: bigint, onStale: () => void): Subscription {
    const subscription = new Subscription(reads, onStale);
    const missed = this.#store.commits.since(ts);
    const stale = missed === "trimmed" || some(missed, ({ writeSet }) => overlaps(reads, writeSet));
    if (stale) this.#invalidate([subscription]);
    else this.#active.add(subscription);
    return subscription;
  }

  unsubscribe(subscription: Subscription): void {
    this.#active.delete(subscription);
  }

  /** Everything is stale: the code changed. */
  invalidateAll(): void {
    this.#invalidate(this.#active.all);
  }

  close(): void {
    this.#stop();
    this.#active.clear();
  }

  #onCommit({ writeSet }: Commit): void {
    this.#invalidate(this.#active.touchedBy(writeSet));
  }

  #invalidate(stale: Iterable<Subscription>): void {
    const subscriptions = [...stale];
    for (const subscription of subscriptions) {
      this.#active.delete(subscription);
      subscription.stale = true;
    }
    for (const subscription of subscriptions) subscription.onStale();
  }
}

function some<T>(items: Iterable<T>, test: (item: T) => boolean): boolean {
  for (const item of items) if (test(item)) return true;
  return false;
}
