/**
 * The commits of this run, for invalidation.
 *
 * Invariants: in order of ts, without gaps after `floor`; the oldest are dropped when the log holds
 * too many commits or keys, and `since` then says so instead of leaving some out.
 */
import type { Commit } from "./types.ts";

const MAX_COMMITS = 8192;
const MAX_KEYS = 60_000;

export class CommitLog {
  private commits: Commit[] = [];
  private keyCount = 0;
  private floor: bigint;
  private readonly listeners = new Set<(commit: Commit) => void>();

  /** `floor`: the last commit before this log began. */
  constructor(floor: bigint) {
    this.floor = floor;
  }

  append(commit: Commit): void {
    this.commits.push(commit);
    this.keyCount += keysOf(commit);
    if (this.commits.length > MAX_COMMITS || this.keyCount > MAX_KEYS) this.trim();
    for (const listener of this.listeners) {
      try {
        listener(commit);
      } catch (error) {
        // The commit stands; the error must not look like the mutation's.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }

  since(ts: bigint): Iterable<Commit> | "trimmed" {
    if (ts < this.floor) return "trimmed";
    let first = this.commits.length;
    while (first > 0 && (this.commits[first - 1] as Commit).ts > ts) first--;
    return this.commits.slice(first);
  }

  subscribe(listener: (commit: Commit) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Down to half of what is allowed, so that it does not happen at every commit; keeps the last. */
  private trim(): void {
    let dropped = 0;
    while (
      dropped < this.commits.length - 1 &&
      (this.commits.length - dropped > MAX_COMMITS / 2 || this.keyCount > MAX_KEYS / 2)
    ) {
      const commit = this.commits[dropped++] as Commit;
      this.keyCount -= keysOf(commit);
      this.floor = commit.ts;
    }
    this.commits = this.commits.slice(dropped);
  }
}

function keysOf({ writeSet }: Commit): number {
  let count = 0;
  for (const keys of writeSet.keys.values()) count += keys.length;
  return count;
}
