/** One request of a browser to the Frontend API: who asks, and how to answer. */
import { createHash } from "node:crypto";
import type { Clerk } from "../clerk.ts";
import { clientCookie, clientCookieName, signedInSinceCookies } from "../cookies.ts";
import { ClerkError, signedOut } from "../errors.ts";
import type { HttpReply, HttpRequest, Params } from "../../http/routes.ts";
import { json } from "../../http/routes.ts";
import { newId } from "../ids.ts";
import type { ClientRecord, SessionRecord, UserRecord } from "../records.ts";
import { isSameSecret, newSecret } from "../../storage/secrets.ts";
import { activeSessions } from "../sessions.ts";
import { clientJson } from "./clientJson.ts";

export interface Exchange {
  clerk: Clerk;
  request: HttpRequest;
  params: Params;
  /** The urlencoded body. A missing field reads as "". */
  field(name: string): string;
  has(name: string): boolean;
  /** Origin of the page that asks, for the token's `azp`. */
  origin: string;
  clientId: string | null;
  /** Set when this exchange makes the client: the cookie it must be given. */
  newClientToken: string | null;
}

/** Reads who asks. Throws when another site's page asks, or the proxy's secret is wrong. */
export function openExchange(clerk: Clerk, request: HttpRequest, params: Params): Exchange {
  const form = new URLSearchParams(request.body);
  const token = request.cookies.get(clientCookieName(clerk));
  return {
    clerk,
    request,
    params,
    field: (name) => form.get(name) ?? "",
    has: (name) => form.has(name),
    origin: pageOrigin(clerk, request),
    clientId: token ? (clerk.store.clients.find("tokenHash", hash(token))?.id ?? null) : null,
    newClientToken: null,
  };
}

/** The browser as now stored, or null for one that has never signed up or in. */
export function currentClient({ clerk, clientId }: Exchange): ClientRecord | null {
  return clientId === null ? null : (clerk.store.clients.get(clientId) ?? null);
}

/** The browser, made known if it was not. */
export function ensureClient(exchange: Exchange): ClientRecord {
  const known = currentClient(exchange);
  if (known) return known;
  const token = newSecret();
  const now = exchange.clerk.now();
  const client: ClientRecord = {
    id: newId("client"),
    tokenHash: hash(token),
    signUpId: null,
    signInId: null,
    lastActiveSessionId: null,
    sessionsChangedAt: now,
    createdAt: now,
    updatedAt: now,
  };
  exchange.clerk.store.clients.put(client);
  exchange.clientId = client.id;
  exchange.newClientToken = token;
  return client;
}

/** This browser's own active session with this id. Throws 401 for any other. */
export function ownSession(exchange: Exchange, sessionId: string): SessionRecord {
  const { clerk, clientId } = exchange;
  const session = clientId
    ? activeSessions(clerk, "clientId", clientId).find(({ id }) => id === sessionId)
    : undefined;
  if (!session) throw signedOut();
  return session;
}

/** Who is signed in here: by the session clerk-js names, else the last active one. Throws 401. */
export function signedIn(exchange: Exchange): { user: UserRecord; session: SessionRecord } {
  const named = exchange.request.query.get("_clerk_session_id");
  const session = ownSession(exchange, named ?? currentClient(exchange)?.lastActiveSessionId ?? "");
  const user = exchange.clerk.store.users.get(session.userId);
  if (!user) throw signedOut();
  return { user, session };
}

/** Answers with a resource and the browser's new state, and refreshes its cookies. */
export async function answer(exchange: Exchange, response: unknown): Promise<HttpReply> {
  const client = currentClient(exchange);
  return {
    ...json({ response, client: client ? await clientJson(exchange, client) : null }),
    cookies: clientCookies(exchange, client),
  };
}

/** The cookies that go with every answer about the client. */
export function clientCookies(exchange: Exchange, client: ClientRecord | null): string[] {
  const { clerk } = exchange;
  const signedInHere = client !== null && activeSessions(clerk, "clientId", client.id).length > 0;
  const since = signedInHere ? Math.floor(client.sessionsChangedAt / 1000) : 0;
  const token = exchange.newClientToken ?? exchange.request.cookies.get(clientCookieName(clerk));
  return [
    ...(client && token ? [clientCookie(clerk, token)] : []),
    ...signedInSinceCookies(clerk, since),
  ];
}

function hash(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/**
 * The origin of the page that asks. The app's own proxy names it in `Clerk-Proxy-Url` and proves itself
 * with the secret key. A browser's `Origin` must then be that one (or the app's or ours): cookies ignore
 * ports, so without this check any other page on this host could act for the user.
 */
function pageOrigin(clerk: Clerk, request: HttpRequest): string {
  const proxyUrl = header(request, "clerk-proxy-url");
  const proxySecret = header(request, "clerk-secret-key");
  if (proxySecret !== null && !isSameSecret(proxySecret, clerk.keys.secretKey)) {
    throw new ClerkError(
      401,
      "clerk_key_invalid",
      "The proxy's secret key is not this instance's.",
    );
  }
  const appOrigin =
    proxyUrl !== null && proxySecret !== null ? originOf(proxyUrl) : originOf(clerk.appUrl);
  const claimed = header(request, "origin");
  if (claimed === null) return appOrigin;
  if (
    ![appOrigin, ...aliases(originOf(clerk.appUrl)), ...aliases(clerk.issuer)].includes(claimed)
  ) {
    throw new ClerkError(400, "origin_invalid", `Pages of ${claimed} cannot use this instance.`, {
      message: "Invalid HTTP Origin header",
    });
  }
  return claimed;
}

function header(request: HttpRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" && value !== "" ? value : null;
}

export function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "";
}

/** An origin on this machine under both of its names. */
export function aliases(origin: string): string[] {
  return [
    origin.replace("//127.0.0.1", "//localhost"),
    origin.replace("//localhost", "//127.0.0.1"),
  ];
}
