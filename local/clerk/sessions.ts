/** The life of a session: started by a sign-in, ended by whoever may, each with its webhook event. */
import type { Clerk } from "./clerk.ts";
import { signedOut, userBanned } from "./errors.ts";
import { newId } from "./ids.ts";
import type { ClientRecord, SessionActivity, SessionRecord } from "./records.ts";
import { backendSession } from "./serializers.ts";
import { isActive } from "./status.ts";
import { getUser } from "./users.ts";

const DAY = 24 * 60 * 60_000;
/** Clerk's defaults. */
export const SESSION_LIFETIME_MS = 7 * DAY;
const SESSION_ABANDON_MS = 30 * DAY;

export const NO_ACTIVITY: Omit<SessionActivity, "id"> = {
  browserName: null,
  browserVersion: null,
  deviceType: null,
  isMobile: false,
  ipAddress: null,
};

/** Starts a session of this user, in a browser or (client null) for the back end. Throws `user_banned`. */
export function startSession(
  clerk: Clerk,
  userId: string,
  client: ClientRecord | null,
  activity: Omit<SessionActivity, "id"> = NO_ACTIVITY,
): SessionRecord {
  return clerk.store.transaction(() => {
    const user = getUser(clerk, userId);
    if (user.banned) throw userBanned();
    const now = clerk.now();
    const session: SessionRecord = {
      id: newId("sess"),
      clientId: client?.id ?? null,
      userId,
      status: "active",
      verifiedAt: now,
      lastActiveAt: now,
      expireAt: now + SESSION_LIFETIME_MS,
      abandonAt: now + SESSION_ABANDON_MS,
      activity: { id: newId("sess_activity"), ...activity },
      createdAt: now,
      updatedAt: now,
    };
    clerk.store.sessions.put(session);
    const signedInUser = { ...user, lastSignInAt: now, lastActiveAt: now };
    clerk.store.users.put(signedInUser);
    if (client) {
      clerk.store.clients.put({
        ...client,
        signInId: null,
        signUpId: null,
        lastActiveSessionId: session.id,
        sessionsChangedAt: now,
        updatedAt: now,
      });
    }
    clerk.webhooks.enqueue("session.created", backendSession(session, signedInUser, now));
    return session;
  });
}

/** Ends a session; one that has already ended stays as it is. */
export function endSession(
  clerk: Clerk,
  sessionId: string,
  status: "ended" | "removed" | "revoked",
): SessionRecord {
  return clerk.store.transaction(() => {
    const session = clerk.store.sessions.get(sessionId);
    if (!session) throw signedOut();
    if (session.status !== "active") return session;
    const now = clerk.now();
    const ended: SessionRecord = { ...session, status, updatedAt: now };
    clerk.store.sessions.put(ended);
    const client = session.clientId ? clerk.store.clients.get(session.clientId) : undefined;
    if (client) {
      clerk.store.clients.put({
        ...client,
        lastActiveSessionId:
          client.lastActiveSessionId === sessionId ? null : client.lastActiveSessionId,
        sessionsChangedAt: now,
        updatedAt: now,
      });
    }
    const user = clerk.store.users.get(session.userId);
    clerk.webhooks.enqueue(`session.${status}`, backendSession(ended, user ?? null, now));
    return ended;
  });
}

/** Ends every session of a user but one. */
export function endOtherSessions(clerk: Clerk, userId: string, keptSessionId: string | null): void {
  clerk.store.transaction(() => {
    for (const session of activeSessions(clerk, "userId", userId)) {
      if (session.id !== keptSessionId) endSession(clerk, session.id, "revoked");
    }
  });
}

/** The sessions of a user or of a browser that still count. */
export function activeSessions(
  clerk: Clerk,
  of: "userId" | "clientId",
  id: string,
): SessionRecord[] {
  return clerk.store.sessions.list(of, id).filter((session) => isActive(session, clerk.now()));
}
