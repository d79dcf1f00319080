/**
 * The engine's log: one event per console line and per function execution, in the shape of Convex's
 * log stream, so that what reads the one can read the other. Log lines never go to clients.
 */
import type { JSONValue } from "convex/values";
import type { FunctionSpec } from "./functions/registry.ts";
import type { LogLevel } from "./runtime/console.ts";
import type { FunctionError } from "./runtime/errors.ts";
import { isTransaction, type Execution } from "./runtime/execution.ts";

type FunctionType = "query" | "mutation" | "action" | "http_action";
export type LoggedFunction = {
  type: FunctionType;
  path: string;
  component_path?: string;
  request_id: string;
};
type Source = {
  deployment_name: string;
  deployment_type: "dev";
  project_name: string;
  project_slug: string;
};

export type LogEvent = { timestamp: number; convex: Source } & (
  | {
      topic: "console";
      function: LoggedFunction;
      log_level: LogLevel;
      message: string;
      is_truncated: boolean;
    }
  | {
      topic: "function_execution";
      function: LoggedFunction;
      execution_time_ms: number;
      status: "success" | "failure";
      error_message?: string;
      mutation_retry_count: number;
      usage: Usage;
    }
  | { topic: "audit_log"; function: LoggedFunction; body: JSONValue }
  | { topic: "engine"; log_level: LogLevel; message: string }
);
export type Usage = {
  database_io_read_bytes: number;
  database_io_write_bytes: number;
  database_read_documents: number;
  database_write_documents: number;
  file_storage_read_bytes: number;
  file_storage_write_bytes: number;
  network_egress_bytes: number;
};

const NO_USAGE: Usage = {
  database_io_read_bytes: 0,
  database_io_write_bytes: 0,
  database_read_documents: 0,
  database_write_documents: 0,
  file_storage_read_bytes: 0,
  file_storage_write_bytes: 0,
  network_egress_bytes: 0,
};

export class LogSink {
  readonly deploymentName: string;
  readonly #emit: (event: LogEvent) => void;

  /** @param emit must not throw. */
  constructor(deploymentName: string, emit: (event: LogEvent) => void) {
    this.deploymentName = deploymentName;
    this.#emit = emit;
  }

  /** A function ended: its console lines, then how it went. Nested functions belong to the outermost. */
  execution(
    execution: Execution,
    spec: FunctionSpec | null,
    milliseconds: number,
    error: FunctionError | null,
  ): void {
    if (isTransaction(execution) && execution.parent !== null) return;
    const logged = loggedFunction(execution, spec);
    for (const line of execution.logs) {
      this.#emit({
        topic: "console",
        timestamp: line.timestamp,
        convex: this.#source(),
        function: logged,
        log_level: line.level,
        message: line.message,
        is_truncated: line.isTruncated,
      });
    }
    this.#emit({
      topic: "function_execution",
      timestamp: Date.now(),
      convex: this.#source(),
      function: logged,
      execution_time_ms: milliseconds,
      status: error === null ? "success" : "failure",
      ...(error === null ? {} : { error_message: error.message }),
      mutation_retry_count: 0,
      usage: usageOf(execution),
    });
  }

  audit(execution: Execution, body: JSONValue): void {
    this.#emit({
      topic: "audit_log",
      timestamp: Date.now(),
      convex: this.#source(),
      function: loggedFunction(execution, null),
      body,
    });
  }

  /** What the engine itself has to say, in one sentence. */
  engine(log_level: LogLevel, message: string): void {
    this.#emit({
      topic: "engine",
      timestamp: Date.now(),
      convex: this.#source(),
      log_level,
      message,
    });
  }

  #source(): Source {
    return {
      deployment_name: this.deploymentName,
      deployment_type: "dev",
      project_name: "local",
      project_slug: "local",
    };
  }
}

function loggedFunction(execution: Execution, spec: FunctionSpec | null): LoggedFunction {
  const { component, path, request } = execution;
  return {
    type: execution.kind === "httpAction" ? "http_action" : execution.kind,
    path: spec?.path ?? path,
    ...(component === "" ? {} : { component_path: component }),
    request_id: request.requestId,
  };
}

function usageOf(execution: Execution): Usage {
  if (!isTransaction(execution)) return NO_USAGE;
  const { metrics } = execution.tx;
  return {
    ...NO_USAGE,
    database_io_read_bytes: metrics.bytesRead,
    database_io_write_bytes: metrics.bytesWritten,
    database_read_documents: metrics.documentsRead,
    database_write_documents: metrics.documentsWritten,
  };
}
