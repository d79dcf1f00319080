/** The switchboard of the failures, for tests on this machine; see failures.ts. */
import { json } from "../http/routes.ts";
import type { HttpReply, HttpRequest, Route } from "../http/routes.ts";
import { invalidField, ResendError } from "./errors.ts";
import type { MailServer } from "./mail.ts";

export const controlRoutes: Route<MailServer>[] = [
  { method: "GET", path: "/__control", handle: ({ failures }) => json(failures.state()) },
  { method: "POST", path: "/__control", handle: switchFailure },
];

/** Only for programs: a web page must ask the server before it may send JSON, and is not allowed. */
function switchFailure({ failures }: MailServer, { headers, body }: HttpRequest): HttpReply {
  if (headers.origin !== undefined || headers["content-type"] !== "application/json") {
    throw new ResendError(403, "validation_error", "Send JSON, and not from a web page.");
  }
  failures.set(parse(body));
  return json(failures.state());
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw invalidField("The request body is not valid JSON.");
  }
}
