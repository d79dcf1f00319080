/**
 * Convex's log stream as Sunup reads it: a POST of a JSON list of events, signed over its raw body.
 * Fields that are not named here are not read; an event that is none is left out, not refused, so
 * that a new kind of event at Convex costs nothing.
 */
import { z } from "zod";

/** A function's run, as far as every event says it. */
export type LoggedRun = {
  /** When it ended; milliseconds, as all times here. */
  at: number;
  /** "module:function", or "POST /path" of an HTTP action. */
  path: string;
  kind: "query" | "mutation" | "action" | "http_action";
  /** The same for everything that one request caused. */
  requestId: string;
  /** The component that it belongs to, or null for Sunup's own functions. */
  component: string | null;
};

/** How a run went and what it took. */
export type LoggedExecution = LoggedRun & {
  milliseconds: number;
  failed: boolean;
  /** What it threw, at most so long that no document fits in. */
  error: string | null;
  cached: boolean;
  retries: number;
  /** The table on which a write conflict threw this run away; "" when that is not known. */
  conflict: string | null;
  documentsRead: number;
  documentsWritten: number;
  bytesRead: number;
  bytesWritten: number;
  fileBytes: number;
  egressBytes: number;
};

/** A line that Sunup's own code printed for this pipeline: JSON with the field `sunup` naming its kind. */
export type LoggedLine = LoggedRun & { sunup: string; data: Record<string, unknown> };

export type LogBatch = {
  /** Of the newest event; 0 for none. */
  newestAt: number;
  executions: LoggedExecution[];
  lines: LoggedLine[];
};

/** Where the stream is posted to, and whose runs are therefore in it for ever. */
export const LOG_STREAM_PATH = "/webhooks/logStream";

/** The functions that work for the pipeline, as their paths begin. */
const OWN_FUNCTIONS = "telemetry/";

/** Largest batch that is taken: Convex's own have 128 events, of lines of at most 4 kB. */
export const MAX_BATCH_BYTES = 2 * 1024 * 1024;
export const MAX_BATCH_EVENTS = 1_000;

const MAX_ERROR_LENGTH = 200;
const count = z.number().min(0).catch(0);

const run = z.object({
  type: z.enum(["query", "mutation", "action", "http_action"]),
  path: z.string().max(300),
  component_path: z.string().nullish(),
  request_id: z.string().max(100),
  cached: z.boolean().nullish(),
  mutation_retry_count: z.number().nullish(),
});
const usage = z.object({
  database_read_documents: count,
  database_write_documents: count,
  database_io_read_bytes: count,
  database_io_write_bytes: count,
  file_storage_read_bytes: count,
  file_storage_write_bytes: count,
  network_egress_bytes: count,
});
const event = z.discriminatedUnion("topic", [
  z.object({
    topic: z.literal("console"),
    timestamp: z.number(),
    function: run,
    message: z.string(),
    is_truncated: z.boolean().nullish(),
  }),
  z.object({
    topic: z.literal("function_execution"),
    timestamp: z.number(),
    function: run,
    execution_time_ms: count,
    status: z.enum(["success", "failure"]),
    error_message: z.string().nullish(),
    occ_info: z.object({ table_name: z.string().nullish() }).nullish(),
    usage: usage.catch(usage.parse({})),
  }),
]);
type Event = z.infer<typeof event>;

/** The events of a body without the pipeline's own, or null when it is no list of a size that is taken. */
export function readLogBatch(body: string): LogBatch | null {
  const parsed = parseJson(body);
  if (!Array.isArray(parsed) || parsed.length > MAX_BATCH_EVENTS) return null;
  const batch: LogBatch = { newestAt: newest(parsed), executions: [], lines: [] };
  for (const each of parsed) {
    const { data } = event.safeParse(each);
    if (data === undefined) continue;
    if (data.topic === "console") {
      const line = lineOf(data);
      if (line !== null) batch.lines.push(line);
    } else if (!isOwnRun(data.function.path)) {
      batch.executions.push(executionOf(data));
    }
  }
  return batch;
}

/**
 * True for what the pipeline itself runs. Its events come back with the next batch, so counting
 * them would write more of them, for ever. The route itself prints a line when a batch was forged,
 * which is to be seen.
 */
export function isOwnRun(path: string): boolean {
  return path === `POST ${LOG_STREAM_PATH}` || path.startsWith(OWN_FUNCTIONS);
}

/** True when `signature`, the header `x-webhook-signature`, is that of the bytes; in constant time. */
export async function isSignedBatch(
  secret: string,
  bytes: Uint8Array<ArrayBuffer>,
  signature: string,
): Promise<boolean> {
  const digits = /^sha256=([0-9a-f]{64})$/.exec(signature)?.[1];
  if (digits === undefined) return false;
  const given = Uint8Array.from(digits.match(/../g) ?? [], (byte) => parseInt(byte, 16));
  const raw = new TextEncoder().encode(secret);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", raw, algorithm, false, ["verify"]);
  return await crypto.subtle.verify("HMAC", key, given, bytes);
}

function newest(events: unknown[]): number {
  const times = events.map((each) => (each as { timestamp?: unknown } | null)?.timestamp);
  return Math.max(0, ...times.filter((time) => typeof time === "number"));
}

function runOf({ timestamp, function: fn }: Event): LoggedRun {
  return {
    at: timestamp,
    path: fn.path,
    kind: fn.type,
    requestId: fn.request_id,
    component: fn.component_path ?? null,
  };
}

function executionOf(data: Extract<Event, { topic: "function_execution" }>): LoggedExecution {
  const { function: fn, usage: used, occ_info } = data;
  return {
    ...runOf(data),
    milliseconds: data.execution_time_ms,
    failed: data.status === "failure",
    error: data.error_message?.slice(0, MAX_ERROR_LENGTH) ?? null,
    cached: fn.cached ?? false,
    retries: fn.mutation_retry_count ?? 0,
    conflict: occ_info ? (occ_info.table_name ?? "") : null,
    documentsRead: used.database_read_documents,
    documentsWritten: used.database_write_documents,
    bytesRead: used.database_io_read_bytes,
    bytesWritten: used.database_io_write_bytes,
    fileBytes: used.file_storage_read_bytes + used.file_storage_write_bytes,
    egressBytes: used.network_egress_bytes,
  };
}

function lineOf(data: Extract<Event, { topic: "console" }>): LoggedLine | null {
  if (data.function.path.startsWith(OWN_FUNCTIONS)) return null;
  const text = unquoted(data.message);
  // What others may have typed is never at the start of a line.
  if (!text.startsWith('{"sunup":"')) return null;
  const { sunup, ...rest } = (parseJson(text) ?? {}) as Record<string, unknown>;
  return typeof sunup === "string" ? { ...runOf(data), sunup, data: rest } : null;
}

/** A printed text as it was: the log shows it as a literal, in quotes and with backslashes. */
function unquoted(message: string): string {
  const quote = message[0] ?? "";
  if (!["'", '"', "`"].includes(quote) || !message.endsWith(quote)) return message;
  return message.slice(1, -1).replace(/\\(.)/g, "$1");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
