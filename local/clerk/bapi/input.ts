import type { Clerk } from "../clerk.ts";
import { ClerkError, fieldError } from "../errors.ts";
import type { Handler, HttpReply, HttpRequest, Params, Route } from "../../http/routes.ts";
import { isSameSecret } from "../../storage/secrets.ts";

/** A back-end call: the secret key has been checked, the JSON body has been read. */
export interface BackendCall {
  clerk: Clerk;
  params: Params;
  query: URLSearchParams;
  body: Record<string, unknown>;
}

/** A route that only the holder of the secret key may use. */
export function backendRoute(
  method: string,
  path: string,
  handle: (call: BackendCall) => Promise<HttpReply> | HttpReply,
): Route<Clerk> {
  const checked: Handler<Clerk> = (clerk, request, params) => {
    requireSecretKey(clerk, request);
    return handle({ clerk, params, query: request.query, body: readJson(request) });
  };
  return { method, path: `/v1${path}`, handle: checked };
}

function requireSecretKey(clerk: Clerk, { headers }: HttpRequest): void {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  if (given === undefined) {
    throw new ClerkError(
      401,
      "authorization_header_format_invalid",
      "The back-end API needs the header Authorization: Bearer <secret key>.",
    );
  }
  if (!isSameSecret(given, clerk.keys.secretKey)) {
    throw new ClerkError(401, "clerk_key_invalid", "The secret key is not this instance's.");
  }
}

function readJson({ body }: HttpRequest): Record<string, unknown> {
  if (body === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    value = null;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ClerkError(400, "request_body_invalid", "The request body must be a JSON object.");
  }
  return value as Record<string, unknown>;
}

/** A text field, or undefined when absent or null. Throws 422 for anything else. */
export function textField({ body }: BackendCall, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string")
    throw fieldError("form_param_type_invalid", name, `${name} must be a string.`);
  return value;
}

/** A positive whole number, or undefined when absent. Throws 422 for anything else. */
export function countField({ body }: BackendCall, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1) {
    throw fieldError("form_param_type_invalid", name, `${name} must be a positive whole number.`);
  }
  return value;
}

/** The part of a list that `limit` (10 unless given, at most 500) and `offset` ask for. */
export function page<T>({ query }: BackendCall, items: T[]): T[] {
  const number = (name: string, fallback: number): number => {
    const value = Number(query.get(name) ?? fallback);
    return Number.isInteger(value) && value >= 0 ? value : fallback;
  };
  const offset = number("offset", 0);
  return items.slice(offset, offset + Math.min(500, number("limit", 10)));
}
