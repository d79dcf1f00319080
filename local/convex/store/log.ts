/**
 * The commits of this run, for invalidation.
 *
 * Invariants: in order of ts, without gaps after `floor`; the oldest are dropped when the log holds
 * more than MAX_COMMITS commits, and `since` then says so instead of leaving some out.
 */
import type { Commit } from "./types.ts";

const MAX_COMMITS = 8192;

export class CommitLog {
  private commits: Commit[] = [];
  private floor: bigint;
  private readonly listeners = new Set<(commit: Commit) => void>();

  /** `floor`: the last commit before this log began. */
  constructor(floor: bigint) {
    this.floor = floor;
  }

  append(commit: Commit): void {
    this.commits.push(commit);
    if (this.commits.length > MAX_COMMITS) {
      const dropped = this.commits.splice(0, MAX_COMMITS / 2);
      this.floor = dropped.at(-1)?.ts ?? this.floor;
    }
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
}
