/**
 * The connections that read. Reading is synchronous, so all transactions that see the same commit
 * share one connection, which holds one snapshot of SQLite for them.
 *
 * Invariants
 * - A connection is inside a read transaction exactly while somebody uses its snapshot: an unused
 *   snapshot would keep the write-ahead log from being reset.
 * - Only the snapshot of the last commit gets new users; older ones live until their last user ends.
 */
import { Connection } from "./connection.ts";
import type { DatabaseSync } from "node:sqlite";

type Shared = { readonly connection: Connection; readonly ts: bigint; users: number };

/** A use of a snapshot; `release` ends it, and may be called again. */
export type SnapshotLease = {
  readonly connection: Connection;
  readonly ts: bigint;
  /** One more use of the same snapshot. */
  share(): SnapshotLease;
  release(): void;
};

const MAX_IDLE = 16;

export class Readers {
  private readonly open: () => DatabaseSync;
  private readonly idle: Connection[] = [];
  private readonly used = new Set<Shared>();
  private latest: Shared | null = null;

  constructor(open: () => DatabaseSync) {
    this.open = open;
  }

  /** The state of the last commit, whose timestamp the caller knows. */
  lease(latestTs: bigint): SnapshotLease {
    if (this.latest?.ts !== latestTs) this.latest = this.begin();
    return this.leaseOf(this.latest);
  }

  /** Ends every snapshot, also those in use. */
  close(): void {
    for (const { connection } of this.used) connection.database.close();
    for (const connection of this.idle) connection.database.close();
    this.used.clear();
    this.idle.length = 0;
    this.latest = null;
  }

  private leaseOf(snapshot: Shared): SnapshotLease {
    snapshot.users++;
    let released = false;
    return {
      connection: snapshot.connection,
      ts: snapshot.ts,
      share: () => this.leaseOf(snapshot),
      release: () => {
        if (released) return;
        released = true;
        if (--snapshot.users === 0) this.end(snapshot);
      },
    };
  }

  private begin(): Shared {
    const connection = this.idle.pop() ?? new Connection(this.open());
    connection.exec("BEGIN");
    // The first read fixes what the transaction sees.
    const { ts } = connection.readState();
    const snapshot = { connection, ts, users: 0 };
    this.used.add(snapshot);
    return snapshot;
  }

  private end(snapshot: Shared): void {
    if (!this.used.delete(snapshot)) return; // the pool was closed meanwhile
    if (this.latest === snapshot) this.latest = null;
    const { connection } = snapshot;
    connection.exec("ROLLBACK");
    if (this.idle.length < MAX_IDLE) this.idle.push(connection);
    else connection.database.close();
  }
}
