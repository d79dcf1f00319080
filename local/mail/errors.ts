import { HttpProblem } from "../http/problem.ts";
import { json } from "../http/routes.ts";
import type { HttpReply } from "../http/routes.ts";

/** The names of Resend's errors, as far as the local mail server knows them. */
export type ResendErrorName =
  | "missing_api_key"
  | "invalid_api_key"
  | "not_found"
  | "method_not_allowed"
  | "missing_required_field"
  | "validation_error"
  | "invalid_parameter"
  | "invalid_attachment"
  | "invalid_idempotency_key"
  | "invalid_idempotent_request"
  | "concurrent_idempotent_requests"
  | "rate_limit_exceeded"
  | "internal_server_error";

/** An answer other than success, in the shape that Resend's client reads. */
export class ResendError extends Error {
  readonly status: number;
  readonly resendName: ResendErrorName;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    name: ResendErrorName,
    message: string,
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.status = status;
    this.resendName = name;
    this.headers = headers;
  }
}

/** A field of the mail is wrong. */
export const invalidField = (message: string): ResendError =>
  new ResendError(422, "validation_error", message);

export const missingField = (message: string): ResendError =>
  new ResendError(422, "missing_required_field", message);

/** The answer for whatever a handler threw. */
export function errorReply(error: unknown, log: (line: string) => void): HttpReply {
  if (error instanceof HttpProblem) return errorReply(fromProblem(error), log);
  if (!(error instanceof ResendError)) {
    log(`mail: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return errorReply(internalError("The local mail server failed; its log says why."), log);
  }
  const { status, resendName, message } = error;
  const reply = json({ statusCode: status, name: resendName, message }, status);
  return { ...reply, headers: { ...reply.headers, ...error.headers } };
}

export const internalError = (message: string): ResendError =>
  new ResendError(500, "internal_server_error", message);

function fromProblem({ status, message }: HttpProblem): ResendError {
  if (status === 405) return new ResendError(405, "method_not_allowed", message);
  if (status === 404) return new ResendError(404, "not_found", message);
  return new ResendError(status, "validation_error", message);
}
