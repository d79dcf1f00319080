/**
 * The store: one file, one writer behind a queue, many readers.
 *
 * Invariants
 * - Mutations and deployments run one at a time, those of one lane in the order they were asked for,
 *   lanes in turn. Readers never wait for them, nor they for readers, but for turns of the thread.
 * - `catalog` and `ts` are those of the last commit; they change together, right after COMMIT and
 *   before anybody else runs, so a snapshot's catalog fits its data.
 * - What is handed out as done is on disk: a commit is visible to the next mutation and to snapshots
 *   before it is durable, and whoever tells the world of what it saw waits for `durable` first, or
 *   (`shownAt`) sees that it holds for what is on disk.
 * - A timestamp is taken when a mutation begins, above every earlier one and, if the clock allows, the
 *   time of day in ns. Since writers run alone, the order of timestamps is the order of commits.
 * - Creation times grow strictly through the whole file.
 */
import { randomFillSync } from "node:crypto";
import { Checkpoints } from "./checkpoints.ts";
import { Connection } from "./connection.ts";
import { openDataFile, type DataFile } from "./dataFile.ts";
import { StoreError } from "./errors.ts";
import { FairQueue } from "./fairQueue.ts";
import { GroupSync } from "./groupSync.ts";
import { CommitLog } from "./log.ts";
import { NO_WRITES, overlaps, SCHEMA_CHANGE } from "./readset.ts";
import { deploySchemas } from "./schema.ts";
import { BUILT_IN_SYSTEM_TABLES, loadCatalog } from "./tables.ts";
import { Readers, type SnapshotLease } from "./readers.ts";
import { Reader } from "./transaction.ts";
import { breathe, ENGINE_LANE } from "./turns.ts";
import { Writer } from "./writeTransaction.ts";
import type { Catalog } from "./catalog.ts";
import type {
  ComponentSchema,
  MutationResult,
  ReadSet,
  Snapshot,
  Store,
  StoreOptions,
  TableJson,
  TransactionOptions,
  WriteSet,
  WriteTransaction,
} from "./types.ts";

/** Opens or creates the data file. Throws DataFile, in one sentence, if it cannot be used. */
export function openStore(options: StoreOptions): Store {
  return new SqliteStore(options);
}

class SqliteStore implements Store {
  readonly commits: CommitLog;
  private readonly file: DataFile;
  private readonly writer: Connection;
  private readonly readers: Readers;
  private readonly sync: GroupSync;
  private readonly checkpoints: Checkpoints;
  private readonly random: (bytes: Uint8Array) => void;
  private readonly clock: () => number;
  private readonly systemTables: ReadonlyMap<string, TableJson>;
  private catalog: Catalog;
  private ts: bigint;
  /** The last commit that is known to be on disk. */
  private onDisk: bigint;
  private creationTime: number;
  private readonly queue = new FairQueue();
  private closed = false;

  constructor({ file, systemTables = [], random, now }: StoreOptions) {
    this.random = random ?? ((bytes) => void randomFillSync(bytes));
    this.clock = now ?? Date.now;
    this.systemTables = new Map(
      [...BUILT_IN_SYSTEM_TABLES, ...systemTables].map((table) => [table.tableName, table]),
    );
    this.file = openDataFile(file);
    this.writer = new Connection(this.file.writer);
    this.readers = new Readers(this.file.openReader);
    this.sync = new GroupSync(`${file}-wal`);
    this.checkpoints = new Checkpoints(file, this.writer, (task) => {
      // What fails here is tried again later; no commit depends on it.
      if (!this.closed) this.enqueue(async () => task()).catch(() => undefined);
    });
    const { ts, creationTime } = this.writer.readState();
    this.ts = ts;
    this.onDisk = ts;
    this.creationTime = creationTime;
    this.catalog = loadCatalog(this.writer);
    this.commits = new CommitLog(ts);
  }

  latestTs(): bigint {
    return this.ts;
  }

  breathe(lane?: string): Promise<void> | undefined {
    return breathe(lane);
  }

  breatheWriting(): Promise<void> | undefined {
    return this.queue.breathe();
  }

  snapshot(options?: TransactionOptions): Snapshot {
    this.checkOpen();
    return new SharedReader(this.readers.lease(this.ts), this.catalog, options);
  }

  durable(): Promise<void> | undefined {
    return this.sync.pending;
  }

  async shownAt(ts: bigint, reads: readonly ReadSet[]): Promise<bigint> {
    const since = this.onDisk < ts ? this.commits.since(this.onDisk) : [];
    const isUntouched =
      since !== "trimmed" &&
      [...since].every(({ writeSet }) => !reads.some((read) => overlaps(read, writeSet)));
    if (isUntouched) return this.onDisk;
    await this.durable();
    return ts;
  }

  async mutate<T>(
    fn: (tx: WriteTransaction) => Promise<T> | T,
    options?: TransactionOptions,
  ): Promise<MutationResult<T>> {
    const outcome = await this.enqueue(() => this.transaction(fn, options), options?.lane);
    // Also for one that wrote nothing: it has read what others wrote.
    await this.durable();
    return outcome;
  }

  async deploySchema(components: ComponentSchema[]): Promise<void> {
    await this.enqueue(async () => {
      this.writer.exec("BEGIN IMMEDIATE");
      try {
        const { writer, catalog, systemTables } = this;
        const changed = await deploySchemas(writer, catalog, components, systemTables);
        if (changed === catalog) this.writer.exec("ROLLBACK");
        else this.commit(this.nextTs(this.clock()), changed, SCHEMA_CHANGE);
      } catch (error) {
        this.rollBack();
        throw error;
      }
    });
    await this.durable();
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.queue.idle();
    await this.checkpoints.close();
    await this.sync.close();
    this.readers.close();
    this.file.close();
  }

  /** Runs `task` alone, after those of its lane; the engine's own work is in a lane of its own. */
  private enqueue<T>(task: () => Promise<T>, lane = ENGINE_LANE): Promise<T> {
    this.checkOpen();
    return this.queue.run(lane, task);
  }

  private async transaction<T>(
    fn: (tx: WriteTransaction) => Promise<T> | T,
    options: TransactionOptions | undefined,
  ): Promise<MutationResult<T>> {
    const now = this.clock();
    const commitTs = this.nextTs(now);
    this.writer.exec("BEGIN IMMEDIATE");
    const tx = new Writer(
      this.writer,
      {
        catalog: this.catalog,
        ts: this.ts,
        commitTs,
        now,
        random: this.random,
        nextCreationTime: (ms) => this.nextCreationTime(ms),
        creationTimeSeen: (ms) => void (this.creationTime = Math.max(this.creationTime, ms)),
        systemTables: this.systemTables,
      },
      options,
    );
    try {
      const result = await fn(tx);
      const hasWritten = tx.writes.length > 0;
      const writeSet = hasWritten ? tx.writes.finish() : NO_WRITES;
      if (hasWritten) this.commit(commitTs, tx.catalog, writeSet);
      else this.writer.exec("ROLLBACK");
      return { result, ts: this.ts, readSet: tx.reads, writeSet };
    } catch (error) {
      this.rollBack();
      throw error;
    } finally {
      tx.close();
    }
  }

  /** On its way to the disk when it returns (`durable`); listeners are told before anybody else runs. */
  private commit(ts: bigint, catalog: Catalog, writeSet: WriteSet): void {
    this.writer.writeState(ts, this.creationTime);
    this.writer.exec("COMMIT");
    this.ts = ts;
    this.catalog = catalog;
    void this.sync.request().then(
      () => void (this.onDisk = ts > this.onDisk ? ts : this.onDisk),
      () => undefined, // whoever waits for it is told
    );
    this.commits.append({ ts, writeSet });
    this.checkpoints.afterCommit();
  }

  private rollBack(): void {
    // After some errors (a full disk) SQLite has rolled back by itself.
    if (this.writer.database.isTransaction) this.writer.exec("ROLLBACK");
  }

  private nextTs(nowMs: number): bigint {
    const now = BigInt(Math.floor(nowMs * 1000)) * 1000n;
    return now > this.ts ? now : this.ts + 1n;
  }

  private nextCreationTime(nowMs: number): number {
    const next = this.creationTime * (1 + Number.EPSILON);
    this.creationTime = Math.max(nowMs, next);
    return this.creationTime;
  }

  private checkOpen(): void {
    if (this.closed) throw new StoreError("Closed", "The store is closed.");
  }
}

class SharedReader extends Reader implements Snapshot {
  private readonly lease: SnapshotLease;
  private readonly options: TransactionOptions | undefined;

  constructor(lease: SnapshotLease, catalog: Catalog, options: TransactionOptions | undefined) {
    super(lease.connection, catalog, lease.ts, options);
    this.lease = lease;
    this.options = options;
  }

  again(): Snapshot {
    return new SharedReader(this.lease.share(), this.catalog, this.options);
  }

  override close(): void {
    super.close();
    this.lease.release();
  }
}
