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

/** The engine's own tables: invisible to functions and free of charge. */
export function isPrivateTable(name: string): boolean {
  return name.startsWith("__");
}

export class Meter {
  readonly metrics: TransactionMetrics = {
    documentsRead: 0,
    bytesRead: 0,
    indexRanges: 0,
    documentsWritten: 0,
    bytesWritten: 0,
  };
  private readonly limits: Partial<TransactionLimits>;
  private readonly seenRanges = new Set<string>();

  constructor(options: TransactionOptions | undefined) {
    const limits = options?.limits;
    this.limits = limits === false ? {} : { ...DEFAULT_LIMITS, ...limits };
  }

  /** A range that was read before costs nothing again. */
  range(table: string, index: number, lo: Uint8Array, hi: Uint8Array): void {
    if (isPrivateTable(table)) return;
    const name = `${index}:${Buffer.from(lo).toString("latin1")}:${Buffer.from(hi).toString("latin1")}`;
    if (this.seenRanges.has(name)) return;
    this.seenRanges.add(name);
    this.charge("indexRanges", 1);
  }

  read(table: string, bytes: number): void {
    if (isPrivateTable(table)) return;
    this.charge("documentsRead", 1);
    this.charge("bytesRead", bytes);
  }

  write(table: string, bytes: number): void {
    if (isPrivateTable(table)) return;
    this.charge("documentsWritten", 1);
    this.charge("bytesWritten", bytes);
  }

  private charge(metric: keyof TransactionMetrics, amount: number): void {
    this.metrics[metric] += amount;
    const limit = this.limits[metric];
    if (limit !== undefined && this.metrics[metric] > limit) {
      throw new StoreError("LimitExceeded", WORDS[metric](limit));
    }
  }
}
