/**
 * The events of the log, in the shape of Convex's log stream (its second format), so that what reads
 * the one can read the other. Fields that Convex sends as null are null here.
 */
import type { JSONValue } from "convex/values";
import type { LogLevel } from "../runtime/console.ts";

/** Why a function ran. */
export type RunReason =
  | "initialSubscription"
  | "dataChange"
  | "identityChange"
  | "webSocket"
  | "httpApi"
  | "httpEndpoint"
  | "cron"
  | "scheduler"
  | "action";

export type LoggedFunction = {
  type: "query" | "mutation" | "action" | "http_action";
  /** "module:function", or "POST /path" of an HTTP action. */
  path: string;
  component_path?: string;
  request_id: string;
  /** Queries only. Always false: nothing is cached here. */
  cached: false | null;
  mutation_queue_length: number | null;
  mutation_retry_count: number | null;
};

export type Usage = {
  database_read_bytes: number;
  database_write_bytes: number;
  database_io_read_bytes: number;
  database_io_write_bytes: number;
  database_read_documents: number;
  database_write_documents: number;
  file_storage_read_bytes: number;
  file_storage_write_bytes: number;
  vector_storage_read_bytes: number;
  vector_storage_write_bytes: number;
  text_search_query_bytes: number;
  text_search_write_query_bytes: number;
  vector_search_query_bytes: number;
  vector_search_write_query_bytes: number;
  network_egress_bytes: number;
  memory_used_mb: number;
  action_memory_used_mb: number | null;
  audit_log_egress_bytes: number;
  function_args_bytes: number | null;
  function_returns_bytes: number | null;
};

/** The write conflict that made a mutation run again. */
export type OccInfo = {
  table_name: string | null;
  document_id: string | null;
  write_source: string | null;
  retry_count: number;
};

export type ConsoleEvent = {
  topic: "console";
  function: LoggedFunction;
  log_level: LogLevel;
  message: string;
  is_truncated: boolean;
  system_code: null;
};

export type FunctionExecutionEvent = {
  topic: "function_execution";
  function: LoggedFunction;
  /** ms; whole ones where they leave the engine. */
  execution_time_ms: number;
  /** Of queries and mutations: without the time that they waited for the engine. */
  user_execution_time_ms: number | null;
  status: "success" | "failure";
  error_message: string | null;
  // Also in `function`: the documentation has them here, Convex sends them there.
  mutation_queue_length: number | null;
  mutation_retry_count: number | null;
  occ_info: OccInfo | null;
  will_retry: boolean;
  scheduler_info: { job_id: string } | null;
  run_reason: RunReason;
  usage: Usage;
};

export type Deployment = {
  deployment_name: string;
  deployment_type: "dev";
  project_name: string;
  project_slug: string;
};

export type LogEvent = { timestamp: number; convex: Deployment } & (
  | ConsoleEvent
  | FunctionExecutionEvent
  | { topic: "verification"; message: string }
  /** What functions write with `audit.log`. */
  | { topic: "custom_audit"; function: LoggedFunction; body: JSONValue }
  /** The engine's own, which Convex does not have. */
  | { topic: "engine"; log_level: LogLevel; message: string }
);

export const NO_USAGE: Usage = {
  database_read_bytes: 0,
  database_write_bytes: 0,
  database_io_read_bytes: 0,
  database_io_write_bytes: 0,
  database_read_documents: 0,
  database_write_documents: 0,
  file_storage_read_bytes: 0,
  file_storage_write_bytes: 0,
  vector_storage_read_bytes: 0,
  vector_storage_write_bytes: 0,
  text_search_query_bytes: 0,
  text_search_write_query_bytes: 0,
  vector_search_query_bytes: 0,
  vector_search_write_query_bytes: 0,
  network_egress_bytes: 0,
  memory_used_mb: 0,
  action_memory_used_mb: null,
  audit_log_egress_bytes: 0,
  function_args_bytes: null,
  function_returns_bytes: null,
};
