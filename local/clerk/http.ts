/** The little of HTTP that the local Clerk needs: read a request, find its handler, write an answer. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { ClerkError } from "./errors.ts";

/** In bytes. Clerk's bodies are small; anything larger is a mistake or an attack. */
const MAX_BODY_BYTES = 256 * 1024;

export interface HttpRequest {
  /** As meant: clerk-js sends only GET and POST and puts the real method into `?_method=`. */
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage["headers"];
  cookies: Map<string, string>;
  body: string;
  ip: string | null;
}

export interface HttpReply {
  status: number;
  headers?: Record<string, string>;
  cookies?: string[];
  body?: string | Buffer;
}

export type Params = Record<string, string>;
export type Handler<C> = (
  context: C,
  request: HttpRequest,
  params: Params,
) => Promise<HttpReply> | HttpReply;

export interface Route<C> {
  method: string;
  /** With `:name` for a part that varies. */
  path: string;
  handle: Handler<C>;
}

/** Finds the handler. Throws 404 for an unknown path, 405 for a known path with another method. */
export function findRoute<C>(
  routes: Route<C>[],
  request: HttpRequest,
): { route: Route<C>; params: Params } {
  let pathIsKnown = false;
  for (const route of routes) {
    const params = matchPath(route.path, request.path);
    if (!params) continue;
    if (route.method === request.method) return { route, params };
    pathIsKnown = true;
  }
  if (pathIsKnown) {
    throw new ClerkError(405, "method_not_allowed", `${request.method} is not possible here.`);
  }
  throw new ClerkError(404, "resource_not_found", "There is nothing at this address.", {
    message: "not found",
  });
}

function matchPath(pattern: string, path: string): Params | null {
  const wanted = pattern.split("/");
  const given = path.replace(/(.)\/$/, "$1").split("/");
  if (wanted.length !== given.length) return null;
  const params: Params = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? "";
    if (part.startsWith(":")) params[part.slice(1)] = decodePart(value);
    else if (part !== value) return null;
  }
  return params;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Reads the whole request. Throws 413 when the body is too large. */
export async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const url = new URL(incoming.url ?? "/", "http://clerk.local");
  const method = incoming.method === "HEAD" ? "GET" : (incoming.method ?? "GET");
  const forwarded = incoming.headers["x-forwarded-for"];
  return {
    method: method === "POST" ? (url.searchParams.get("_method") ?? method).toUpperCase() : method,
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    cookies: parseCookies(incoming.headers.cookie ?? ""),
    body: await readBody(incoming),
    ip:
      (Array.isArray(forwarded) ? forwarded[0] : forwarded)?.split(",")[0]?.trim() ??
      incoming.socket.remoteAddress ??
      null,
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early must not destroy the socket: the refusal still has to be sent over it.
  const body = incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      throw new ClerkError(413, "request_body_too_large", "The request is larger than 256 kB.");
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseCookies(header: string): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=");
    if (at > 0) cookies.set(pair.slice(0, at).trim(), decodePart(pair.slice(at + 1).trim()));
  }
  return cookies;
}

/** A JSON answer. Clerk's SDKs insist on exactly this content type, without a charset. */
export function json(value: unknown, status = 200): HttpReply {
  return { status, headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) };
}

/** The answer for whatever a handler threw. */
export function errorReply(error: unknown, log: (line: string) => void): HttpReply {
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

export function sendReply(outgoing: ServerResponse, reply: HttpReply): void {
  const body = reply.body ?? "";
  const headers: Record<string, string | string[]> = {
    "Cache-Control": "no-store",
    "Content-Length": String(Buffer.byteLength(body)),
    ...reply.headers,
  };
  if (reply.cookies?.length) headers["Set-Cookie"] = reply.cookies;
  // The rest of a refused body is thrown away and the connection with it.
  if (reply.status === 413) headers["Connection"] = "close";
  outgoing.req.resume();
  outgoing.writeHead(reply.status, headers);
  outgoing.end(body);
}
