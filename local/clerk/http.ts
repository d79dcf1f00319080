/** What is Clerk's own about its requests and answers. */
import { HttpProblem } from "../http/problem.ts";
import { json } from "../http/routes.ts";
import type { HttpReply, HttpRequest } from "../http/routes.ts";
import { ClerkError } from "./errors.ts";

/** In bytes. Clerk's bodies are small. */
export const MAX_BODY_BYTES = 256 * 1024;

/** The request as meant: clerk-js sends only GET and POST and puts the real method into `?_method=`. */
export function meantRequest(request: HttpRequest): HttpRequest {
  if (request.method !== "POST") return request;
  return { ...request, method: (request.query.get("_method") ?? request.method).toUpperCase() };
}

const PROBLEM_CODES: Record<HttpProblem["status"], string> = {
  404: "resource_not_found",
  405: "method_not_allowed",
  413: "request_body_too_large",
  421: "host_invalid",
};

/** The answer for whatever a handler threw. */
export function errorReply(error: unknown, log: (line: string) => void): HttpReply {
  if (error instanceof HttpProblem) {
    const { status, message } = error;
    return errorReply(new ClerkError(status, PROBLEM_CODES[status], message), log);
  }
  if (!(error instanceof ClerkError)) {
    log(`clerk: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return errorReply(
      new ClerkError(500, "internal_clerk_error", "The local Clerk failed; its log says why."),
      log,
    );
  }
  const reply = json({ errors: [error.entry], clerk_trace_id: "local" }, error.status);
  if (error.retryAfter !== null)
    reply.headers = { ...reply.headers, "Retry-After": String(error.retryAfter) };
  return reply;
}
