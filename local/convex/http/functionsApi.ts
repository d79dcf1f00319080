/**
 * Functions over HTTP: POST /api/{query,mutation,action,function,query_ts,query_at_ts}, and
 * /api/run/<folder>/<module>/<function> for whatever kind it is.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { JSONValue } from "convex/values";
import { AuthError, type Authenticator } from "../auth.ts";
import { canonicalPath } from "../functions/registry.ts";
import { formatLogLine } from "../runtime/console.ts";
import { clientError, newRequestId } from "../runtime/errors.ts";
import { isPrivileged, type Identity } from "../runtime/identity.ts";
import type { Call, Failure, Runner, Success } from "../runtime/runner.ts";
import { decodeTs, encodeTs } from "../sync/protocol.ts";
import type { ConsistentReads } from "./consistentReads.ts";
import type { SystemAnswer, SystemQuery } from "./systemQueries.ts";
import { clientAddress, HttpError, readJson, sendJson } from "./messages.ts";

export type FunctionsApiServices = {
  runner: Runner;
  auth: Authenticator;
  consistentReads: ConsistentReads;
  /** Queries that only the engine answers, for the CLI. */
  systemQuery: (query: SystemQuery) => SystemAnswer | undefined;
};

const MAX_BODY_BYTES = 20 * 1024 * 1024;

/** False when the path is not one of these. */
export async function functionsApi(
  services: FunctionsApiServices,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const [, endpoint, named] =
    /^\/api\/(query|mutation|action|function|query_ts|query_at_ts|run)(?:(?<=run)\/(.+))?$/.exec(
      pathname,
    ) ?? [];
  if (endpoint === undefined) return false;
  if (request.method !== "POST") throw new HttpError(405, "MethodNotAllowed", "Use POST.");
  if (endpoint === "query_ts") {
    request.resume();
    sendJson(response, 200, { ts: encodeTs(await services.consistentReads.now()) });
    return true;
  }
  const identity = await authenticate(services.auth, request);
  const body = await readJson(request, MAX_BODY_BYTES);
  if (named !== undefined) body.path = named.replace(/\/([^/]+)$/, ":$1");
  const call = callOf(body, identity, request);
  if (endpoint === "query" && call.path.startsWith("_system/") && isPrivileged(identity)) {
    const answered = services.systemQuery(call);
    if (answered !== undefined) {
      const { ok, ...rest } = answered;
      sendJson(response, 200, { status: ok ? "success" : "error", ...rest });
      return true;
    }
  }
  const outcome =
    endpoint === "query_at_ts"
      ? await queryAt(services, String(body.ts), call)
      : await services.runner[KINDS[endpoint]!](call);
  sendJson(response, 200, answer(outcome, call));
  return true;
}

const KINDS: Record<string, "query" | "mutation" | "action" | "any"> = {
  query: "query",
  mutation: "mutation",
  action: "action",
  function: "any",
  run: "any",
};

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
      reason: "httpApi",
      queueLength: null,
    },
  };
}

async function queryAt(
  { runner, consistentReads }: FunctionsApiServices,
  ts: string,
  call: Call,
): Promise<Success | Failure> {
  const snapshot = consistentReads.at(timestamp(ts));
  try {
    return await runner.queryOn(snapshot, call, null);
  } finally {
    snapshot.close();
  }
}

function timestamp(text: string): bigint {
  try {
    return decodeTs(text);
  } catch {
    throw new HttpError(400, "BadRequest", "`ts` must be a timestamp from /api/query_ts.");
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
