import type { Clerk } from "../clerk.ts";
import { sessionCookies } from "../cookies.ts";
import { ClerkError } from "../errors.ts";
import type { HttpReply, HttpRequest } from "../../http/routes.ts";
import { activeSessions } from "../sessions.ts";
import type { Exchange } from "./exchange.ts";
import { aliases, clientCookies, currentClient, originOf } from "./exchange.ts";

/**
 * `GET /v1/client/handshake`: the app's server met a page request whose session token is missing or old
 * and sends the browser here, through the app's own proxy. It leaves with fresh cookies for that origin,
 * or with none when nobody is signed in, and goes back to where it came from.
 */
export async function handshake(exchange: Exchange): Promise<HttpReply> {
  const { clerk, request, origin } = exchange;
  const target = redirectTarget(clerk, request, origin);
  const client = currentClient(exchange);
  const sessions = client ? activeSessions(clerk, "clientId", client.id) : [];
  const session = sessions.find(({ id }) => id === client?.lastActiveSessionId) ?? sessions.at(-1);
  const user = session ? clerk.store.users.get(session.userId) : undefined;
  const token = session && user ? await clerk.tokens.mint({ session, user, origin }) : "";
  return {
    status: 307,
    headers: { Location: target },
    cookies: [...clientCookies(exchange, client), ...sessionCookies(clerk, token)],
  };
}

/** Only back to the app: anything else would make this address a way to send people anywhere. */
function redirectTarget(clerk: Clerk, request: HttpRequest, origin: string): string {
  const target = request.query.get("redirect_url") ?? clerk.appUrl;
  if ([origin, ...aliases(originOf(clerk.appUrl))].includes(originOf(target))) {
    return new URL(target).href;
  }
  throw new ClerkError(
    400,
    "redirect_url_mismatch",
    "redirect_url must be an address of the app.",
    {
      param: "redirect_url",
    },
  );
}
