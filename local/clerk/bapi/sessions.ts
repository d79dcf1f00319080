import type { Clerk } from "../clerk.ts";
import { ClerkError, notFound } from "../errors.ts";
import type { HttpReply } from "../../http/routes.ts";
import { json } from "../../http/routes.ts";
import type { SessionRecord } from "../records.ts";
import { backendSession } from "../serializers.ts";
import { endSession, startSession } from "../sessions.ts";
import { isActive } from "../status.ts";
import { getUser } from "../users.ts";
import type { BackendCall } from "./input.ts";
import { backendRoute, countField, page, textField } from "./input.ts";

/** The back-end API's sessions. */
export const sessionRoutes = [
  backendRoute("GET", "/sessions", list),
  backendRoute("POST", "/sessions", create),
  backendRoute("GET", "/sessions/:id", (call) => reply(call.clerk, find(call))),
  backendRoute("POST", "/sessions/:id/revoke", (call) =>
    reply(call.clerk, endSession(call.clerk, find(call).id, "revoked")),
  ),
  backendRoute("POST", "/sessions/:id/tokens", createToken),
  backendRoute("POST", "/sessions/:id/tokens/:template", createToken),
];

/** Sessions of one user or one client, newest first; with a total when `paginated=true`. */
function list(call: BackendCall): HttpReply {
  const { clerk, query } = call;
  const userId = query.get("user_id");
  const clientId = query.get("client_id");
  if (!userId && !clientId) {
    throw new ClerkError(422, "form_param_missing", "user_id or client_id must be given.", {
      param: "user_id",
    });
  }
  const status = query.get("status");
  const all = (
    userId
      ? clerk.store.sessions.list("userId", userId)
      : clerk.store.sessions.list("clientId", clientId ?? "")
  )
    .reverse()
    .map((session) => backendSession(session, null, clerk.now()))
    .filter((session) => !status || session["status"] === status);
  const data = page(call, all);
  return json(query.get("paginated") === "true" ? { data, total_count: all.length } : data);
}

/** Makes a session without a browser: for seeding and for tests. */
function create(call: BackendCall): HttpReply {
  const { clerk } = call;
  const user = getUser(clerk, textField(call, "user_id") ?? "");
  return reply(clerk, startSession(clerk, user.id, null));
}

async function createToken(call: BackendCall): Promise<HttpReply> {
  const { clerk, params } = call;
  const session = find(call);
  const template = params["template"];
  if (template && !clerk.tokens.hasTemplate(template)) throw notFound("JWT template");
  if (!isActive(session, clerk.now())) {
    throw new ClerkError(400, "session_not_active", "The session is not active.");
  }
  const jwt = await clerk.tokens.mint({
    session,
    user: getUser(clerk, session.userId),
    origin: new URL(clerk.appUrl).origin,
    template,
    lifetime: countField(call, "expires_in_seconds"),
  });
  return json({ object: "token", jwt });
}

function find({ clerk, params }: BackendCall): SessionRecord {
  const session = clerk.store.sessions.get(params["id"] ?? "");
  if (!session) throw notFound("session");
  return session;
}

const reply = (clerk: Clerk, session: SessionRecord): HttpReply =>
  json(backendSession(session, null, clerk.now()));
