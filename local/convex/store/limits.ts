/**
 * What one transaction has done so far, and the refusal to do more than Convex documents.
 * A charge is counted before it is refused, so the metrics show what was asked for.
 */
import { StoreError } from "./errors.ts";
import type { TransactionLimits, TransactionMetrics, TransactionOptions } from "./types.ts";

export const DEFAULT_LIMITS: TransactionLimits = {
  documentsRead: 32_000,
  bytesRead: 16 * 1024 * 1024,
  indexRanges: 4096,
  documentsWritten: 16_000,
  bytesWritten: 16 * 1024 * 1024,
};

const ADVICE =
  "Consider using smaller limits in your queries, paginating your queries, or using indexed queries with a selective index range expressions.";

const WORDS: { [metric in keyof TransactionLimits]: (limit: number) => string } = {
  documentsRead: (n) =>
    `Too many documents read in a single function execution (limit: ${n}). ${ADVICE}`,
  bytesRead: (n) =>
    `Too many bytes read in a single function execution (limit: ${n} bytes). ${ADVICE}`,
  indexRanges: (n) => `Too many reads in a single function execution (limit: ${n}). ${ADVICE}`,
  documentsWritten: (n) => `Too many writes in a single function execution (limit: ${n})`,
  bytesWritten: (n) => `Too many bytes written in a single function execution (limit: ${n} bytes)`,
};

/** System tables, Convex's and the engine's own, are free of charge. */
function isFree(tableName: string): boolean {
  return tableName.startsWith("_");
}

export class Meter {
  readonly metrics: TransactionMetrics = {
    documentsRead: 0,
    bytesRead: 0,
    indexRanges: 0,
    documentsWritten: 0,
    bytesWritten: 0,
  };
  private limits: Partial<TransactionLimits>;
  private readonly seenRanges = new Set<string>();

  constructor(options: TransactionOptions | undefined) {
    const limits = options?.limits;
    this.limits = limits === false ? {} : { ...DEFAULT_LIMITS, ...limits };
  }

  /** A range that was read before costs nothing again. */
  range(table: string, index: number, lo: Uint8Array, hi: Uint8Array): void {
    if (isFree(table)) return;
    const name = `${index}:${Buffer.from(lo).toString("latin1")}:${Buffer.from(hi).toString("latin1")}`;
    if (this.seenRanges.has(name)) return;
    this.seenRanges.add(name);
    this.charge("indexRanges", 1);
  }

  read(table: string, bytes: number): void {
    if (isFree(table)) return;
    this.charge("documentsRead", 1);
    this.charge("bytesRead", bytes);
  }

  write(table: string, bytes: number): void {
    if (isFree(table)) return;
    this.charge("documentsWritten", 1);
    this.charge("bytesWritten", bytes);
  }

  /** Lowers the limits to `budget` beyond what is used by now, until the returned function is called. */
  lower(budget: Partial<TransactionLimits>): () => void {
    const before = this.limits;
    const lowered = { ...before };
    for (const metric of Object.keys(this.metrics) as (keyof TransactionMetrics)[]) {
      const most = this.metrics[metric] + (budget[metric] ?? Infinity);
      lowered[metric] = Math.min(most, before[metric] ?? Infinity);
    }
    this.limits = lowered;
    return () => void (this.limits = before);
  }

  private charge(metric: keyof TransactionMetrics, amount: number): void {
    this.metrics[metric] += amount;
    const limit = this.limits[metric];
    if (limit !== undefined && this.metrics[metric] > limit) {
      throw new StoreError("LimitExceeded", WORDS[metric](limit));
    }
  }
}
