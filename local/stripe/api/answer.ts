/**
 * Answers a request of the API as Stripe does: key, version, route, idempotency, and the object with
 * what it was asked to expand. Each request is one transaction, and none waits for anything, so two
 * can never interleave.
 */
import { findRoute } from "../../http/routes.ts";
import type { HttpReply, HttpRequest } from "../../http/routes.ts";
import { HttpProblem } from "../../http/problem.ts";
import { randomId } from "../../storage/ids.ts";
import { isSameSecret } from "../../storage/secrets.ts";
import { API_VERSION, type Account } from "../account.ts";
import { invalid, StripeError } from "../errors.ts";
import type { Answer, ApiRoute, Call } from "./call.ts";
import { expand } from "./expand.ts";
import { idempotently } from "./idempotency.ts";
import { parseParams, type Params } from "./params.ts";
import { listOf, text } from "./readers.ts";
import { apiRoutes } from "./routes.ts";

/** What a request is answered with, before it is HTTP. */
export interface ApiAnswer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

export function answerApi(
  account: Account,
  request: HttpRequest,
  log: (line: string) => void,
): HttpReply {
  const requestId = randomId("req");
  const { status, body, headers } = answerOrRefuse(account, request, requestId, log);
  return {
    status,
    headers: {
      "Content-Type": "application/json",
      "Request-Id": requestId,
      "Stripe-Version": API_VERSION,
      ...headers,
    },
    body,
  };
}

function answerOrRefuse(
  account: Account,
  request: HttpRequest,
  requestId: string,
  log: (line: string) => void,
): ApiAnswer {
  try {
    requireKey(account, request);
    requireVersion(request);
    const { handle, id } = routeOf(request);
    const params = parseParams(request.method === "POST" ? request.body : request.query);
    return account.store.transaction(() =>
      idempotently(account, request, params, requestId, () => {
        account.cause = { id: requestId, idempotencyKey: idempotencyKey(request) };
        try {
          return perform(account, handle, id, params);
        } finally {
          account.cause = null;
        }
      }),
    );
  } catch (error) {
    return refusal(error, log);
  }
}

function perform(
  account: Account,
  handle: ApiRoute["handle"],
  id: string,
  { expand: wanted, ...params }: Params,
): ApiAnswer {
  const paths = wanted === undefined ? [] : listOf(text, 20)(wanted, "expand");
  const result = handle({ account, id, params });
  if (result instanceof StripeError) {
    return { status: result.status, body: JSON.stringify(result.toJson(), null, 2) };
  }
  return { status: 200, body: JSON.stringify(expand(account, result, paths), null, 2) };
}

export function idempotencyKey({ headers }: HttpRequest): string | null {
  const key = headers["idempotency-key"];
  return typeof key === "string" && key !== "" ? key : null;
}

function requireKey({ keys }: Account, { headers }: HttpRequest): void {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  if (given !== undefined && isSameSecret(given, keys.secretKey)) return;
  const message =
    given === undefined
      ? "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY')."
      : `Invalid API Key provided: ${masked(given)}`;
  throw new StripeError(401, "invalid_request_error", message);
}

/** A key with only its beginning and its last four characters. */
function masked(key: string): string {
  const start = /^[a-z]{2}_[a-z]+_/.exec(key)?.[0] ?? "";
  return `${start}${"*".repeat(8)}${key.slice(Math.max(start.length, key.length - 4))}`;
}

function requireVersion({ headers }: HttpRequest): void {
  const given = headers["stripe-version"];
  if (given === undefined || given === API_VERSION) return;
  throw invalid(
    `Invalid Stripe API version: ${String(given)}. The local Stripe has ${API_VERSION}.`,
  );
}

function routeOf(request: HttpRequest): { handle: ApiRoute["handle"]; id: string } {
  try {
    const { route, params } = findRoute<Call, Answer>(apiRoutes, request);
    return { handle: (route as ApiRoute).handle, id: params["id"] ?? "" };
  } catch (error) {
    if (!(error instanceof HttpProblem)) throw error;
    throw new StripeError(
      404,
      "invalid_request_error",
      `Unrecognized request URL (${request.method}: ${request.path}). Either Stripe does not have it, or the local Stripe does not: it has what Sunup uses.`,
    );
  }
}

/** The answer for whatever was thrown. */
export function refusal(error: unknown, log: (line: string) => void): ApiAnswer {
  if (error instanceof StripeError) {
    return { status: error.status, body: JSON.stringify(error.toJson(), null, 2) };
  }
  if (error instanceof HttpProblem) {
    return refusal(new StripeError(error.status, "invalid_request_error", error.message), log);
  }
  log(`stripe: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return refusal(
    new StripeError(500, "api_error", "The local Stripe failed; its log says why."),
    log,
  );
}
