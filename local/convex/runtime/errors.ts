/**
 * Errors of functions, and what of them a client may see: the data of a ConvexError always, the text
 * of any error only with the admin key. Production hides it ("Server Error" and a request id that
 * leads to the log), so the engine does too.
 */
import { randomBytes } from "node:crypto";
import path from "node:path";
import { inspect } from "node:util";
import { ConvexError, jsonToConvex, type JSONValue } from "convex/values";
import { StoreError } from "../store/errors.ts";
import { isPrivileged, type Identity } from "./identity.ts";

/** A function that failed: `message` is for the log and the developer, `data` is the ConvexError's. */
export class FunctionError extends Error {
  readonly data: JSONValue | undefined;

  constructor(message: string, data?: JSONValue) {
    super(message);
    this.data = data;
  }
}

/** The developer's mistake in using a syscall: seen by the function as a plain Error. */
export class SyscallError extends Error {}

const ENGINE_DIR = path.dirname(import.meta.dirname) + path.sep;
const FOREIGN_FRAME = /\bnode:|[/\\]_deps[/\\]|[/\\]node_modules[/\\]convex[/\\]/;
const CONVEX_ERROR = Symbol.for("ConvexError");

/** Whatever user code threw, as convex/server leaves it behind (its data serialised). */
export function toFunctionError(thrown: unknown): FunctionError {
  if (thrown instanceof FunctionError) return thrown;
  if (typeof thrown === "object" && thrown !== null && CONVEX_ERROR in thrown) {
    const { data } = thrown as unknown as { data: unknown };
    return new FunctionError(describe(thrown), parseData(data));
  }
  return new FunctionError(describe(thrown));
}

/** How an asyncSyscall must fail so that convex/server makes a ConvexError of it again. */
export function toSyscallFailure(error: unknown): Error & { data?: JSONValue } {
  if (error instanceof StoreError && error.code === "InvalidCursor") {
    // What usePaginatedQuery looks for, to start again from the first page.
    const data = { isConvexSystemError: true, paginationError: "InvalidCursor" };
    return Object.assign(new Error(error.message), { data });
  }
  if (error instanceof FunctionError) {
    const failure: Error & { data?: JSONValue } = new Error(error.message);
    if (error.data !== undefined) failure.data = error.data;
    return failure;
  }
  return error instanceof Error ? error : new Error(String(error));
}

export type ClientError = { errorMessage: string; errorData?: JSONValue };

/** The error as `identity` may see it. */
export function clientError(
  error: FunctionError,
  requestId: string,
  identity: Identity,
): ClientError {
  const redacted = `[Request ID: ${requestId}] Server Error`;
  return {
    errorMessage: isPrivileged(identity) ? `${redacted}\n${error.message}` : redacted,
    ...(error.data === undefined ? {} : { errorData: error.data }),
  };
}

/** 16 hex digits, as Convex shows them. */
export function newRequestId(): string {
  return randomBytes(8).toString("hex");
}

/** A ConvexError for code outside of functions, with its data as a value. */
export function asConvexError(error: FunctionError): Error {
  if (error.data === undefined) return new Error(error.message);
  return new ConvexError(jsonToConvex(error.data));
}

/** "Uncaught Name: message" and the stack, like the backend's. */
function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) {
    return `Uncaught ${typeof thrown === "string" ? thrown : inspect(thrown)}`;
  }
  const headline = `${thrown.name}: ${thrown.message}`;
  const frames = (thrown.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const own = frames.filter((line) => !FOREIGN_FRAME.test(line) && !line.includes(ENGINE_DIR));
  return [`Uncaught ${headline}`, ...own.slice(0, 10)].join("\n");
}

function parseData(data: unknown): JSONValue {
  if (typeof data !== "string") return null;
  try {
    return JSON.parse(data) as JSONValue;
  } catch {
    return data; // thrown past convex/server's wrapper, so not serialised
  }
}
