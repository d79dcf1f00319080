/** The little of HTTP that the local services need: requests, answers, and which handler takes which. */
import type { IncomingMessage } from "node:http";
import { HttpProblem } from "./problem.ts";

export interface HttpRequest {
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
export type Handler<C, R = HttpReply> = (
  context: C,
  request: HttpRequest,
  params: Params,
) => Promise<R> | R;

export interface Route<C, R = HttpReply> {
  method: string;
  /** With `:name` for a part that varies. */
  path: string;
  handle: Handler<C, R>;
}

/** Finds the handler. Throws an HttpProblem: 404 for an unknown path, 405 for another method. */
export function findRoute<C, R = HttpReply>(
  routes: Route<C, R>[],
  request: HttpRequest,
): { route: Route<C, R>; params: Params } {
  let pathIsKnown = false;
  for (const route of routes) {
    const params = matchPath(route.path, request.path);
    if (!params) continue;
    if (route.method === request.method) return { route, params };
    pathIsKnown = true;
  }
  if (pathIsKnown) throw new HttpProblem(405, `${request.method} is not possible here.`);
  throw new HttpProblem(404, "There is nothing at this address.");
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

/** Undoes percent-encoding; what is not rightly encoded stays as it is. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A JSON answer. Clerk's SDKs insist on exactly this content type, without a charset. */
export function json(value: unknown, status = 200): HttpReply {
  return { status, headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) };
}
