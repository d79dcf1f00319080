import { newId } from "../ids.ts";
import type { ClientRecord, SessionRecord } from "../records.ts";
import { frontendSession, signIn, signUp } from "../serializers.ts";
import { activeSessions } from "../sessions.ts";
import { isActive } from "../status.ts";
import type { Exchange } from "./exchange.ts";

type Json = Record<string, unknown>;

const YEAR_MS = 365 * 24 * 60 * 60_000;

/** The browser's whole state: its sessions, and the sign-up and sign-in that are under way. */
export async function clientJson(exchange: Exchange, client: ClientRecord): Promise<Json> {
  const { clerk } = exchange;
  const now = clerk.now();
  const sessions = activeSessions(clerk, "clientId", client.id);
  const signUpRecord = client.signUpId ? clerk.store.signUps.get(client.signUpId) : undefined;
  const signInRecord = client.signInId ? clerk.store.signIns.get(client.signInId) : undefined;
  const signInUser = signInRecord ? clerk.store.users.get(signInRecord.userId) : undefined;
  return {
    ...blankClientJson(),
    id: client.id,
    sessions: (await Promise.all(sessions.map((session) => sessionJson(exchange, session)))).filter(
      (session) => session !== null,
    ),
    sign_up: signUpRecord && now < signUpRecord.abandonAt ? signUp(signUpRecord, now) : null,
    sign_in:
      signInRecord && signInUser && now < signInRecord.abandonAt
        ? signIn(signInRecord, signInUser, now)
        : null,
    last_active_session_id:
      sessions.find(({ id }) => id === client.lastActiveSessionId)?.id ??
      sessions.at(-1)?.id ??
      null,
    cookie_expires_at: now + YEAR_MS,
    created_at: client.createdAt,
    updated_at: client.updatedAt,
  };
}

/** A browser nobody has signed up or in with: it is not stored until somebody does. */
export function blankClientJson(): Json {
  return {
    object: "client",
    id: newId("client"),
    sessions: [],
    sign_up: null,
    sign_in: null,
    last_active_session_id: null,
    last_authentication_strategy: null,
    captcha_bypass: true,
    cookie_expires_at: null,
    created_at: Date.now(),
    updated_at: Date.now(),
  };
}

/** A session as its browser sees it, or null when its user is gone. */
export async function sessionJson(
  exchange: Exchange,
  session: SessionRecord,
): Promise<Json | null> {
  const { clerk, origin } = exchange;
  const user = clerk.store.users.get(session.userId);
  if (!user) return null;
  const token = isActive(session, clerk.now())
    ? await clerk.tokens.mint({ session, user, origin })
    : null;
  return frontendSession(session, user, token, clerk.now());
}
