/** The engine's log: one event per console line and per function execution. It never goes to clients. */
import type { JSONValue } from "convex/values";
import type { FunctionSpec } from "../functions/registry.ts";
import type { LogLevel } from "../runtime/console.ts";
import type { FunctionError } from "../runtime/errors.ts";
import { isTransaction, type Execution } from "../runtime/execution.ts";
import {
  NO_USAGE,
  type Deployment,
  type LogEvent,
  type LoggedFunction,
  type OccInfo,
  type Usage,
} from "./events.ts";

type EventBody<Event = LogEvent> = Event extends LogEvent
  ? Omit<Event, "convex" | "timestamp">
  : never;

/** How a run ended; `conflict` is a run that was thrown away and repeated. */
export type RunEnd = { error: FunctionError | null; conflict?: OccInfo | undefined };

export class LogSink {
  readonly deploymentName: string;
  readonly #deployment: Deployment;
  readonly #emit: (event: LogEvent) => void;

  /** @param emit must not throw. */
  constructor(deploymentName: string, emit: (event: LogEvent) => void) {
    this.deploymentName = deploymentName;
    this.#deployment = {
      deployment_name: deploymentName,
      deployment_type: "dev",
      project_name: "local",
      project_slug: "local",
    };
    this.#emit = emit;
  }

  /** A function ended: its console lines, then how it went. Nested functions belong to the outermost. */
  execution(
    execution: Execution,
    spec: FunctionSpec | null,
    milliseconds: number,
    { error, conflict }: RunEnd,
  ): void {
    if (isTransaction(execution) && execution.parent !== null) return;
    const logged = loggedFunction(execution, spec);
    for (const { level, message, isTruncated, timestamp } of execution.logs) {
      this.#write(
        {
          topic: "console",
          function: logged,
          log_level: level,
          message,
          is_truncated: isTruncated,
          system_code: null,
        },
        timestamp,
      );
    }
    const { reason, scheduledJobId } = execution.request;
    const { mutation_queue_length, mutation_retry_count } = logged;
    this.#write({
      topic: "function_execution",
      function: logged,
      execution_time_ms: milliseconds,
      // Of an action's, nobody knows what of it was waiting.
      user_execution_time_ms: isTransaction(execution) ? execution.userTime.of(milliseconds) : null,
      status: error === null && conflict === undefined ? "success" : "failure",
      error_message: error?.message ?? (conflict === undefined ? null : CONFLICT),
      mutation_queue_length,
      mutation_retry_count,
      occ_info: conflict ?? null,
      will_retry: conflict !== undefined,
      scheduler_info: scheduledJobId === null ? null : { job_id: scheduledJobId },
      run_reason: reason,
      usage: usageOf(execution),
    });
  }

  audit(execution: Execution, body: JSONValue): void {
    this.#write({ topic: "custom_audit", function: loggedFunction(execution, null), body });
  }

  /** What the engine itself has to say, in one sentence. */
  engine(log_level: LogLevel, message: string): void {
    this.#write({ topic: "engine", log_level, message });
  }

  /** What a new log stream sends first. */
  verification(): LogEvent {
    const convex = this.#deployment;
    return {
      topic: "verification",
      message: "Convex connection test",
      timestamp: Date.now(),
      convex,
    };
  }

  #write(body: EventBody, timestamp = Date.now()): void {
    this.#emit({ ...body, timestamp, convex: this.#deployment } as LogEvent);
  }
}

const CONFLICT =
  "Documents read from or written to by this mutation changed while it was being run; it is run again.";

function loggedFunction(execution: Execution, spec: FunctionSpec | null): LoggedFunction {
  const { component, path, request, kind } = execution;
  return {
    type: kind === "httpAction" ? "http_action" : kind,
    path: spec?.path ?? path,
    ...(component === "" ? {} : { component_path: component }),
    request_id: request.requestId,
    cached: kind === "query" ? false : null,
    mutation_queue_length: kind === "mutation" ? request.queueLength : null,
    mutation_retry_count: isTransaction(execution) ? execution.shared.retries : null,
  };
}

function usageOf(execution: Execution): Usage {
  const { argumentBytes, resultBytes } = execution;
  const common = {
    ...NO_USAGE,
    function_args_bytes: argumentBytes,
    function_returns_bytes: resultBytes,
  };
  if (!isTransaction(execution)) {
    const { filesRead, filesWritten, egress } = execution.traffic;
    return {
      ...common,
      file_storage_read_bytes: filesRead,
      file_storage_write_bytes: filesWritten,
      network_egress_bytes: egress,
      action_memory_used_mb: 0,
    };
  }
  const { bytesRead, bytesWritten, documentsRead, documentsWritten } = execution.tx.metrics;
  return {
    ...common,
    database_read_bytes: bytesRead,
    database_write_bytes: bytesWritten,
    database_io_read_bytes: bytesRead,
    database_io_write_bytes: bytesWritten,
    database_read_documents: documentsRead,
    database_write_documents: documentsWritten,
  };
}
