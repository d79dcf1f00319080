/** What follows from a record and the time, and is therefore not stored. */
import type { SessionRecord, SignUpRecord } from "./records.ts";

/** Whether a session still counts. */
export function isActive(session: SessionRecord, now: number): boolean {
  return session.status === "active" && now < session.expireAt && now < session.abandonAt;
}

/** The status as others should see it: "active" ends by itself with time. */
export function sessionStatus(session: SessionRecord, now: number): SessionRecord["status"] {
  return session.status === "active" && !isActive(session, now) ? "expired" : session.status;
}

/** What a sign-up still needs, in Clerk's field names. */
export function missingFields(signUp: SignUpRecord): string[] {
  if (signUp.status === "complete") return [];
  return [
    ...(signUp.email === null ? ["email_address"] : []),
    ...(signUp.passwordHash === null ? ["password"] : []),
  ];
}

export function isEmailVerified(signUp: SignUpRecord): boolean {
  return (
    signUp.status === "complete" ||
    signUp.emailVerifiedByTicket ||
    signUp.verification?.status === "verified"
  );
}
