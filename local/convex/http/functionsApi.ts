/** Functions over HTTP: POST /api/{query,mutation,action,function,query_ts,query_at_ts}. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { JSONValue } from "convex/values";
import { AuthError, type Authenticator } from "../auth.ts";
import { canonicalPath } from "../functions/registry.ts";
import { formatLogLine } from "../runtime/console.ts";
import { clientError, newRequestId } from "../runtime/errors.ts";
import { isPrivileged, type Identity } from "../runtime/identity.ts";
import type { Call, Failure, Runner, Success } from "../runtime/runner.ts";
import type { Store } from "../store/types.ts";
import { decodeTs, encodeTs } from "../sync/protocol.ts";
import { clientAddress, HttpError, readJson, sendJson } from "./messages.ts";

export type FunctionsApiServices = { store: Store; runner: Runner; auth: Authenticator };

const MAX_BODY_BYTES = 20 * 1024 * 1024;

/** False when the path is not one of these. */
export async function functionsApi(
  services: FunctionsApiServices,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const endpoint = /^\/api\/(query|mutation|action|function|query_ts|query_at_ts)$/.exec(
    pathname,
  )?.[1];
  if (endpoint === undefined) return false;
  if (request.method !== "POST") throw new HttpError(405, "MethodNotAllowed", "Use POST.");
  if (endpoint === "query_ts") {
    sendJson(response, 200, { ts: encodeTs(services.store.latestTs()) });
    return true;
  }
  const identity = await authenticate(services.auth, request);
  const body = await readJson(request, MAX_BODY_BYTES);
  const call = callOf(body, identity, request);
  if (endpoint === "query_at_ts") checkReached(services.store, String(body.ts));
  const kind = endpoint === "function" ? "any" : endpoint === "query_at_ts" ? "query" : endpoint;
  const outcome = await services.runner[kind as "query" | "mutation" | "action" | "any"](call);
  sendJson(response, 200, answer(outcome, call));
  return true;
}

/** @throws HttpError 401 */
export async function authenticate(
  auth: Authenticator,
  request: IncomingMessage,
): Promise<Identity> {
  try {
    return await auth.fromHeader(request.headers.authorization);
  } catch (error) {
    if (error instanceof AuthError) throw new HttpError(401, error.code, error.message);
    throw error;
  }
}

function callOf(body: Record<string, unknown>, identity: Identity, request: IncomingMessage): Call {
  const { path, args, componentPath } = body;
  if (typeof path !== "string") throw new HttpError(400, "BadRequest", "`path` must be a string.");
  if (typeof componentPath === "string" && componentPath !== "" && !isPrivileged(identity)) {
    throw new HttpError(403, "Forbidden", "Only the admin key may call functions of components.");
  }
  return {
    component: typeof componentPath === "string" ? componentPath : "",
    path: canonicalPath(path),
    // One object, also where it comes as a list of one.
    args: ((Array.isArray(args) ? (args as unknown[])[0] : args) ?? {}) as JSONValue,
    allowed: "public",
    request: {
      requestId: newRequestId(),
      identity,
      ip: clientAddress(request),
      userAgent: request.headers["user-agent"] ?? null,
      scheduledJobId: null,
    },
  };
}

/**
 * Queries run on the latest state, which holds all that was there at `ts`: what a consistent reader
 * needs is that its queries do not go back.
 */
function checkReached(store: Store, ts: string): void {
  if (decodeTs(ts) > store.latestTs()) {
    throw new HttpError(400, "InvalidTimestamp", "The timestamp lies in the future.");
  }
}

function answer(outcome: Success | Failure, { request }: Call): Record<string, unknown> {
  const lines = isPrivileged(request.identity) ? outcome.logs.map(formatLogLine) : [];
  const logLines = lines.length > 0 ? { logLines: lines } : {};
  return outcome.ok
    ? { status: "success", value: outcome.value, ...logLines }
    : {
        status: "error",
        ...clientError(outcome.error, request.requestId, request.identity),
        ...logLines,
      };
}
