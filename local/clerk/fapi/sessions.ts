import { ClerkError } from "../errors.ts";
import type { HttpReply } from "../../http/routes.ts";
import { json } from "../../http/routes.ts";
import { activeSessions, endSession } from "../sessions.ts";
import { blankClientJson, clientJson, sessionJson } from "./clientJson.ts";
import type { Exchange } from "./exchange.ts";
import { answer, currentClient, ownSession, signedIn } from "./exchange.ts";

/** `GET /v1/client/sessions/:id` */
export async function getSession(exchange: Exchange): Promise<HttpReply> {
  return answer(exchange, await sessionJson(exchange, ownSession(exchange, param(exchange))));
}

/** `POST /v1/client/sessions/:id/touch`: the browser says that this session is in use. */
export async function touchSession(exchange: Exchange): Promise<HttpReply> {
  const { clerk } = exchange;
  const session = ownSession(exchange, param(exchange));
  const touched = { ...session, lastActiveAt: clerk.now() };
  clerk.store.transaction(() => {
    clerk.store.sessions.put(touched);
    const user = clerk.store.users.get(session.userId);
    if (user) clerk.store.users.put({ ...user, lastActiveAt: clerk.now() });
    const client = currentClient(exchange);
    if (client) clerk.store.clients.put({ ...client, lastActiveSessionId: session.id });
  });
  return answer(exchange, await sessionJson(exchange, touched));
}

/** `POST /v1/client/sessions/:id/tokens[/:template]`: a fresh token, not wrapped. */
export async function createToken(exchange: Exchange): Promise<HttpReply> {
  const { clerk, origin, params } = exchange;
  const session = ownSession(exchange, param(exchange));
  const user = clerk.store.users.get(session.userId);
  const template = params["template"];
  if (!user || (template && !clerk.tokens.hasTemplate(template))) {
    throw new ClerkError(404, "resource_not_found", `There is no JWT template "${template}".`, {
      message: "not found",
    });
  }
  return json({
    object: "token",
    jwt: await clerk.tokens.mint({ session, user, origin, template }),
  });
}

/** `POST /v1/client/sessions/:id/end`, `…/remove`: signs this session out. */
export async function finishSession(
  exchange: Exchange,
  status: "ended" | "removed",
): Promise<HttpReply> {
  const session = ownSession(exchange, param(exchange));
  return answer(
    exchange,
    await sessionJson(exchange, endSession(exchange.clerk, session.id, status)),
  );
}

/** `DELETE /v1/client/sessions`, `DELETE /v1/client`: signs this browser out. */
export async function removeSessions(exchange: Exchange): Promise<HttpReply> {
  const { clerk } = exchange;
  clerk.store.transaction(() => {
    const client = currentClient(exchange);
    if (!client) return;
    for (const session of activeSessions(clerk, "clientId", client.id)) {
      endSession(clerk, session.id, "removed");
    }
  });
  const client = currentClient(exchange);
  return answer(exchange, client ? await clientJson(exchange, client) : blankClientJson());
}

/** `POST /v1/me/sessions/:id/revoke`: signs out another of one's own devices. */
export async function revokeOwnSession(exchange: Exchange): Promise<HttpReply> {
  const { clerk } = exchange;
  const { user } = signedIn(exchange);
  const target = activeSessions(clerk, "userId", user.id).find(({ id }) => id === param(exchange));
  if (!target) throw new ClerkError(404, "resource_not_found", "This session is not active.");
  return answer(exchange, await sessionJson(exchange, endSession(clerk, target.id, "revoked")));
}

const param = (exchange: Exchange): string => exchange.params["id"] ?? "";
