import { createHmac } from "node:crypto";
import { inspect } from "node:util";
import { expect, vi } from "vitest";
import { LOG_STREAM_PATH } from "../../lib/logStream.ts";
import type { Backend } from "./backend.ts";

export const LOG_STREAM_SECRET = "the secret of the log stream";

type Run = { path: string; type?: string; requestId?: string; at?: number };

/** A console line of a function, as Convex's log stream carries it. */
export function consoleEvent(message: string, run: Run): Record<string, unknown> {
  return {
    ...{ topic: "console", timestamp: run.at ?? Date.now(), function: runOf(run) },
    // A text that is printed is shown as a literal.
    ...{ log_level: "WARN", message: inspect(message), is_truncated: false, system_code: null },
  };
}

/** A function's run, as Convex's log stream carries it. */
export function executionEvent(
  run: Run & { error?: string; usage?: Record<string, number>; milliseconds?: number },
): Record<string, unknown> {
  return {
    ...{ topic: "function_execution", timestamp: run.at ?? Date.now(), function: runOf(run) },
    ...{ execution_time_ms: run.milliseconds ?? 1, user_execution_time_ms: null },
    ...{ status: run.error === undefined ? "success" : "failure" },
    ...{ error_message: run.error ?? null, occ_info: null, usage: run.usage ?? {} },
  };
}

/** Posts a batch as Convex does; `secret` signs it, and `body` stands in for what is signed. */
export async function postBatch(
  t: Backend,
  events: unknown,
  { secret = LOG_STREAM_SECRET, body }: { secret?: string; body?: string } = {},
): Promise<Response> {
  const signed = JSON.stringify(events);
  const signature = createHmac("sha256", secret).update(signed).digest("hex");
  return await t.fetch(LOG_STREAM_PATH, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-webhook-signature": `sha256=${signature}`,
      "user-agent": "Attack/1.0",
    },
    body: body ?? signed,
  });
}

/**
 * Holds back what functions print for the log stream: `printed` since the last time, which
 * `deliver` posts as lines of one function.
 */
export function heldLog(t: Backend) {
  const printed: string[] = [];
  for (const level of ["warn", "debug"] as const) {
    vi.spyOn(console, level).mockImplementation((text: unknown) => {
      if (String(text).startsWith('{"sunup"')) printed.push(String(text));
    });
  }
  const deliver = async (path = "projects:get", at = Date.now()): Promise<void> => {
    const events = printed.splice(0).map((line, index) =>
      // Console lines of one run differ in when they were printed.
      consoleEvent(line, { path, at: at + index }),
    );
    expect((await postBatch(t, events)).status).toBe(200);
  };
  return { printed, deliver };
}

function runOf({ path, type = "query", requestId = "request1" }: Run) {
  return {
    ...{ path, type, request_id: requestId, cached: false },
    ...{ mutation_queue_length: null, mutation_retry_count: null },
  };
}
