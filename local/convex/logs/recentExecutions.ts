/**
 * The last executions with what they printed, as `npx convex logs` asks for them: a long poll that is
 * answered as soon as there is one after the cursor.
 *
 * Invariants
 * - A cursor is a time in ms, and no two executions have the same one; so whoever polls with the
 *   cursor of the last answer misses none and sees none twice, as long as it is not too far behind.
 * - The first poll (cursor 0) is answered at once, also with nothing: the CLI takes it for history.
 */
import type { ConsoleEvent, FunctionExecutionEvent, LogEvent, Usage } from "./events.ts";

const KEPT = 1000;
const KEPT_BYTES = 4 * 1024 * 1024;
const LONG_POLL_MS = 60_000;
/** The least step that a number of this size still tells apart. */
const STEP_MS = 1 / 1024;

type Line = ConsoleEvent & { timestamp: number };
type Execution = FunctionExecutionEvent & { timestamp: number };
type Entry = { at: number; execution: Execution; lines: Line[]; bytes: number };
export type Executions = { entries: Record<string, unknown>[]; newCursor: number };

export class RecentExecutions {
  readonly #entries: Entry[] = [];
  readonly #waiting = new Set<() => void>();
  /** Of the function whose end comes next. */
  #lines: Line[] = [];
  #bytes = 0;
  #last = 0;

  push(event: LogEvent): void {
    if (event.topic === "console") this.#lines.push(event);
    if (event.topic !== "function_execution") return;
    const lines = this.#lines;
    this.#lines = [];
    const bytes = lines.reduce((sum, { message }) => sum + message.length, 500);
    this.#entries.push({ at: this.#tick(), execution: event, lines, bytes });
    this.#bytes += bytes;
    while (this.#entries.length > KEPT || this.#bytes > KEPT_BYTES) {
      this.#bytes -= this.#entries.shift()!.bytes;
    }
    this.#wakeAll();
  }

  /** What ended after `cursor`; waits a minute for something, or until `signal`. */
  async after(cursor: number, signal: AbortSignal): Promise<Executions> {
    const found = this.#since(cursor);
    if (found.length > 0 || cursor === 0) return this.#answer(found, cursor);
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, LONG_POLL_MS);
      this.#waiting.add(wake);
      signal.addEventListener("abort", wake);
    });
    return this.#answer(this.#since(cursor), cursor);
  }

  /** Answers all who wait. */
  close(): void {
    this.#wakeAll();
  }

  #wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  #since(cursor: number): Entry[] {
    return this.#entries.filter(({ at }) => at > cursor);
  }

  #answer(found: Entry[], cursor: number): Executions {
    const newCursor = found.at(-1)?.at ?? (cursor === 0 ? this.#tick() : cursor);
    return { entries: found.map(toJson), newCursor };
  }

  #tick(): number {
    return (this.#last = Math.max(Date.now(), this.#last + STEP_MS));
  }
}

const TYPES = {
  query: "Query",
  mutation: "Mutation",
  action: "Action",
  http_action: "HttpAction",
} as const;

/** In the words of the CLI; its times are seconds. */
function toJson({ execution, lines }: Entry): Record<string, unknown> {
  const { function: fn, status, error_message: error, usage, timestamp } = execution;
  const { execution_time_ms: took, user_execution_time_ms: computed } = execution;
  return {
    kind: "Completion",
    udfType: TYPES[fn.type],
    componentPath: fn.component_path ?? null,
    identifier: fn.path,
    logLines: lines.map((line) => ({
      ...{ messages: [line.message], isTruncated: line.is_truncated },
      ...{ timestamp: line.timestamp, level: line.log_level },
    })),
    timestamp: timestamp / 1000,
    executionTimestamp: (timestamp - took) / 1000,
    executionTime: took / 1000,
    userExecutionTime: computed === null ? null : computed / 1000,
    cachedResult: false,
    caller: execution.run_reason,
    requestId: fn.request_id,
    executionId: fn.request_id,
    success: fn.type === "http_action" && status === "success" ? {} : null,
    error,
    usageStats: usageStats(usage),
    returnBytes: usage.function_returns_bytes,
    occInfo: execution.occ_info && { retryCount: execution.occ_info.retry_count },
    willRetry: execution.will_retry,
  };
}

function usageStats(usage: Usage): Record<string, number> {
  return {
    databaseReadBytes: usage.database_read_bytes,
    databaseWriteBytes: usage.database_write_bytes,
    databaseIoReadBytes: usage.database_io_read_bytes,
    databaseIoWriteBytes: usage.database_io_write_bytes,
    databaseReadDocuments: usage.database_read_documents,
    databaseWriteDocuments: usage.database_write_documents,
    storageReadBytes: usage.file_storage_read_bytes,
    storageWriteBytes: usage.file_storage_write_bytes,
    vectorIndexReadBytes: usage.vector_storage_read_bytes,
    vectorIndexWriteBytes: usage.vector_storage_write_bytes,
    textIndexQueryBytes: usage.text_search_query_bytes,
    textIndexWriteQueryBytes: usage.text_search_write_query_bytes,
    vectorIndexReadQueryBytes: usage.vector_search_query_bytes,
    vectorIndexWriteQueryBytes: usage.vector_search_write_query_bytes,
    networkEgressBytes: usage.network_egress_bytes,
    memoryUsedMb: usage.memory_used_mb,
  };
}
