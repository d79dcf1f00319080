/** What the local Clerk keeps. Times are milliseconds since 1970. */

export type Metadata = Record<string, unknown>;

/** A one-time code sent by e-mail. It ends by being right, by age, or by too many wrong tries. */
export interface CodeVerification {
  strategy: "email_code" | "reset_password_email_code";
  status: "unverified" | "verified" | "failed" | "expired";
  code: string;
  attempts: number;
  expireAt: number;
}

export interface UserRecord {
  id: string;
  email: string;
  emailId: string;
  firstName: string | null;
  lastName: string | null;
  passwordHash: string | null;
  passwordUpdatedAt: number | null;
  publicMetadata: Metadata;
  privateMetadata: Metadata;
  unsafeMetadata: Metadata;
  externalId: string | null;
  banned: boolean;
  /** Wrong passwords and wrong codes in a row; see lockout.ts. */
  failedAttempts: number;
  lockedUntil: number | null;
  lastSignInAt: number | null;
  lastActiveAt: number | null;
  createdAt: number;
  updatedAt: number;
}

/** A browser. It is recognised by a secret cookie of which only the hash is kept. */
export interface ClientRecord {
  id: string;
  tokenHash: string;
  signUpId: string | null;
  signInId: string | null;
  lastActiveSessionId: string | null;
  /** When somebody last signed in or out here; becomes the `__client_uat` cookie. */
  sessionsChangedAt: number;
  createdAt: number;
  updatedAt: number;
}

export type SessionStatus = "active" | "ended" | "removed" | "revoked" | "expired";

export interface SessionRecord {
  id: string;
  /** Null for a session made by the back-end API, which belongs to no browser. */
  clientId: string | null;
  userId: string;
  status: SessionStatus;
  verifiedAt: number;
  lastActiveAt: number;
  expireAt: number;
  abandonAt: number;
  activity: SessionActivity;
  createdAt: number;
  updatedAt: number;
}

export interface SessionActivity {
  id: string;
  browserName: string | null;
  browserVersion: string | null;
  deviceType: string | null;
  isMobile: boolean;
  ipAddress: string | null;
}

export interface SignUpRecord {
  id: string;
  clientId: string;
  status: "missing_requirements" | "complete" | "abandoned";
  email: string | null;
  /** True when the address came with an invitation: following its link proves it. */
  emailVerifiedByTicket: boolean;
  verification: CodeVerification | null;
  passwordHash: string | null;
  firstName: string | null;
  lastName: string | null;
  unsafeMetadata: Metadata;
  invitationId: string | null;
  createdUserId: string | null;
  createdSessionId: string | null;
  locale: string | null;
  timezone: string | null;
  abandonAt: number;
}

export interface SignInRecord {
  id: string;
  clientId: string;
  status: "needs_first_factor" | "needs_new_password" | "complete";
  userId: string;
  identifier: string;
  verification: CodeVerification | null;
  createdSessionId: string | null;
  abandonAt: number;
}

export interface InvitationRecord {
  id: string;
  email: string;
  status: "pending" | "accepted" | "revoked";
  publicMetadata: Metadata;
  url: string;
  expireAt: number;
  createdAt: number;
  updatedAt: number;
}

/** When codes were last sent to an address, which is the record's id. */
export interface CodesSentRecord {
  id: string;
  times: number[];
}
