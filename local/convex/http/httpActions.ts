/** HTTP actions, on a port of their own: routes of http.ts and of components mounted under a prefix. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { AuthError, type Authenticator } from "../auth.ts";
import type { Deployment, HttpHandler } from "../functions/registry.ts";
import { clientError, newRequestId } from "../runtime/errors.ts";
import { ANONYMOUS, type Identity } from "../runtime/identity.ts";
import type { Runner } from "../runtime/runner.ts";
import { clientAddress, HttpError, isDisconnect, sendJson, sendText, urlOf } from "./messages.ts";

export type HttpActionServices = {
  runner: Runner;
  auth: Authenticator;
  deployment: () => Deployment;
  urls: { site: string };
};

const MAX_RESPONSE_BYTES = 20 * 1024 * 1024;
/** Convex has no limit of its own, but an action has 64 MB of memory. */
const MAX_REQUEST_BYTES = 64 * 1024 * 1024;

export async function httpActions(
  services: HttpActionServices,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = urlOf(request, services.urls.site);
  const found = findRoute(services.deployment(), "", url.pathname, request.method ?? "GET");
  if (found === "none") {
    return sendText(response, 404, "This Convex deployment does not have HTTP actions enabled.");
  }
  if (found === null) return sendText(response, 404, "No matching routes found");
  const requestId = newRequestId();
  const identity = await identityOf(services.auth, request);
  const aborted = new AbortController();
  response.on("close", () => aborted.abort());
  const outcome = await services.runner.httpAction(
    found.component,
    `${request.method} ${found.route}`,
    found.handler,
    toRequest(url, request, aborted.signal),
    (answer) => sendResponse(answer, response),
    {
      requestId,
      identity,
      ip: clientAddress(request),
      userAgent: request.headers["user-agent"] ?? null,
      scheduledJobId: null,
      reason: "httpEndpoint",
      queueLength: null,
    },
  );
  if (outcome.ok) return;
  if (response.headersSent) return void response.destroy();
  const { errorMessage, errorData } = clientError(outcome.error, requestId, identity);
  sendJson(response, 500, {
    code: errorMessage,
    ...(errorData === undefined ? {} : { data: errorData }),
  });
}

type Route = { component: string; route: string; handler: HttpHandler };

/** "none": no router anywhere. */
function findRoute(
  deployment: Deployment,
  component: string,
  pathname: string,
  method: string,
): Route | null | "none" {
  const { http, httpMounts } = deployment.components.get(component)!;
  const match = http?.lookup(pathname, method);
  if (match) return { component, handler: match[0], route: match[2] };
  for (const mount of httpMounts) {
    if (!pathname.startsWith(mount.prefix)) continue;
    return findRoute(deployment, mount.component, pathname.slice(mount.prefix.length - 1), method);
  }
  return http === null && httpMounts.length === 0 ? "none" : null;
}

/** An Authorization header may be the action's own business: one that is no valid token is nobody's. */
async function identityOf(auth: Authenticator, request: IncomingMessage): Promise<Identity> {
  try {
    return await auth.fromHeader(request.headers.authorization);
  } catch (error) {
    if (error instanceof AuthError) return ANONYMOUS;
    throw error;
  }
}

function toRequest(url: URL, request: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    headers.append(request.rawHeaders[i]!, request.rawHeaders[i + 1]!);
  }
  const method = request.method ?? "GET";
  if (method === "GET" || method === "HEAD") return new Request(url, { method, headers, signal });
  if (Number(request.headers["content-length"] ?? 0) > MAX_REQUEST_BYTES) throw tooLarge();
  const body = Readable.toWeb(Readable.from(capped(request))) as ReadableStream<Uint8Array>;
  return new Request(url, { method, headers, signal, body, duplex: "half" } as RequestInit);
}

async function* capped(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  let size = 0;
  // The refusal goes over the same connection (listen.ts).
  const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MAX_REQUEST_BYTES) throw tooLarge();
    yield chunk;
  }
}

function tooLarge(): HttpError {
  const message = `The body is over ${MAX_REQUEST_BYTES} bytes, more than an action can hold.`;
  return new HttpError(413, "RequestTooLarge", message);
}

/** Gives how many bytes its body had. */
async function sendResponse(from: Response, to: ServerResponse): Promise<number> {
  for (const [name, value] of from.headers) to.appendHeader(name, value);
  to.writeHead(from.status, from.statusText);
  let sent = 0;
  if (from.body === null) {
    to.end();
    return sent;
  }
  const body = Readable.fromWeb(from.body as ReadableStream<Uint8Array>);
  body.on("data", (chunk: Uint8Array) => {
    sent += chunk.length;
    if (sent > MAX_RESPONSE_BYTES) body.destroy(new Error("HTTP action response over 20 MiB."));
  });
  await pipeline(body, to).catch((error: unknown) => {
    if (!isDisconnect(error)) throw error;
  });
  return sent;
}
