/** The JSON shapes of Clerk's two APIs, as the types of @clerk/shared and @clerk/backend spell them. */
import { lockedFor, MAX_FAILED_ATTEMPTS } from "./lockout.ts";
import type {
  CodeVerification,
  InvitationRecord,
  SessionRecord,
  SignInRecord,
  SignUpRecord,
  UserRecord,
} from "./records.ts";
import { isEmailVerified, missingFields, sessionStatus } from "./status.ts";

type Json = Record<string, unknown>;

/** What both APIs tell about a user. */
function user(record: UserRecord): Json {
  return {
    id: record.id,
    object: "user",
    external_id: record.externalId,
    username: null,
    first_name: record.firstName,
    last_name: record.lastName,
    image_url: "",
    has_image: false,
    primary_email_address_id: record.emailId,
    primary_phone_number_id: null,
    primary_web3_wallet_id: null,
    email_addresses: [
      {
        id: record.emailId,
        object: "email_address",
        email_address: record.email,
        reserved: false,
        verification: {
          object: "verification_otp",
          status: "verified",
          strategy: "email_code",
          attempts: null,
          expire_at: null,
        },
        linked_to: [],
        matches_sso_connection: false,
        created_at: record.createdAt,
        updated_at: record.createdAt,
      },
    ],
    phone_numbers: [],
    web3_wallets: [],
    passkeys: [],
    external_accounts: [],
    enterprise_accounts: [],
    organization_memberships: [],
    password_enabled: record.passwordHash !== null,
    two_factor_enabled: false,
    totp_enabled: false,
    backup_code_enabled: false,
    public_metadata: record.publicMetadata,
    unsafe_metadata: record.unsafeMetadata,
    last_sign_in_at: record.lastSignInAt,
    last_active_at: record.lastActiveAt,
    create_organization_enabled: false,
    create_organizations_limit: null,
    delete_self_enabled: true,
    legal_accepted_at: null,
    locale: null,
    timezone: null,
    profile_image_id: "",
    created_at: record.createdAt,
    updated_at: record.updatedAt,
  };
}

/** A user for the browser. */
export function frontendUser(record: UserRecord): Json {
  return user(record);
}

/** A user for the back end and for webhooks. */
export function backendUser(record: UserRecord, now: number): Json {
  const lockout = lockedFor(record, now);
  return {
    ...user(record),
    private_metadata: record.privateMetadata,
    password_last_updated_at: record.passwordUpdatedAt,
    banned: record.banned,
    deprovisioned: false,
    locked: lockout > 0,
    lockout_expires_in_seconds: lockout > 0 ? lockout : null,
    verification_attempts_remaining:
      lockout > 0
        ? 0
        : MAX_FAILED_ATTEMPTS - (record.lockedUntil === null ? record.failedAttempts : 0),
  };
}

function session(record: SessionRecord, now: number): Json {
  return {
    id: record.id,
    object: "session",
    status: sessionStatus(record, now),
    last_active_at: record.lastActiveAt,
    last_active_organization_id: null,
    expire_at: record.expireAt,
    abandon_at: record.abandonAt,
    actor: null,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
  };
}

/** A session for its own browser, with a token when it is active. */
export function frontendSession(
  record: SessionRecord,
  owner: UserRecord,
  token: string | null,
  now: number,
): Json {
  return {
    ...session(record, now),
    factor_verification_age: [Math.floor((now - record.verifiedAt) / 60_000), -1],
    tasks: null,
    last_active_token: token === null ? null : { object: "token", jwt: token },
    user: frontendUser(owner),
    public_user_data: {
      first_name: owner.firstName,
      last_name: owner.lastName,
      image_url: "",
      has_image: false,
      identifier: owner.email,
      user_id: owner.id,
    },
  };
}

/** A session in the user's own list of devices. */
export function sessionWithActivity(record: SessionRecord, now: number): Json {
  const { activity } = record;
  return {
    ...session(record, now),
    user: null,
    latest_activity: {
      id: activity.id,
      object: "session_activity",
      browser_name: activity.browserName,
      browser_version: activity.browserVersion,
      device_type: activity.deviceType,
      is_mobile: activity.isMobile,
      ip_address: activity.ipAddress,
      city: null,
      country: null,
    },
  };
}

/** A session for the back end and, with its user, for webhooks. */
export function backendSession(record: SessionRecord, owner: UserRecord | null, now: number): Json {
  return {
    ...session(record, now),
    client_id: record.clientId ?? "",
    user_id: record.userId,
    ...(owner ? { user: backendUser(owner, now) } : {}),
  };
}

function verification(record: CodeVerification | null, now: number): Json | null {
  if (!record) return null;
  const late = record.status === "unverified" && now >= record.expireAt;
  return {
    object: "verification",
    status: late ? "expired" : record.status,
    strategy: record.strategy,
    attempts: record.attempts,
    expire_at: record.expireAt,
    error: null,
  };
}

export function signUp(record: SignUpRecord, now: number): Json {
  const verified = isEmailVerified(record);
  const missing = missingFields(record);
  const none = {
    status: "unverified",
    strategy: null,
    attempts: null,
    expire_at: null,
    error: null,
  };
  const code = verification(record.verification, now) ?? none;
  return {
    id: record.id,
    object: "sign_up",
    status: record.status,
    required_fields: ["email_address", "password"],
    optional_fields: ["first_name", "last_name"],
    missing_fields: missing,
    unverified_fields: record.email !== null && !verified ? ["email_address"] : [],
    verifications: {
      email_address:
        record.email === null
          ? null
          : {
              ...code,
              ...(verified ? { status: "verified" } : {}),
              next_action: verified ? "" : record.verification ? "needs_attempt" : "needs_prepare",
              supported_strategies: ["email_code"],
            },
      phone_number: null,
      web3_wallet: null,
      external_account: null,
    },
    username: null,
    first_name: record.firstName,
    last_name: record.lastName,
    email_address: record.email,
    phone_number: null,
    web3_wallet: null,
    external_account: null,
    external_account_strategy: null,
    has_password: !missing.includes("password"),
    unsafe_metadata: record.unsafeMetadata,
    created_session_id: record.createdSessionId,
    created_user_id: record.createdUserId,
    abandon_at: record.abandonAt,
    legal_accepted_at: null,
    locale: record.locale,
    timezone: record.timezone,
    protect_check: null,
  };
}

/** "a***@example.com": enough to recognise one's own address. */
function safeIdentifier(email: string): string {
  return email.replace(/^(.)[^@]*/, "$1***");
}

export function signIn(record: SignInRecord, owner: UserRecord, now: number): Json {
  const address = {
    email_address_id: owner.emailId,
    safe_identifier: safeIdentifier(owner.email),
    primary: true,
  };
  return {
    id: record.id,
    object: "sign_in",
    status: record.status,
    supported_identifiers: ["email_address"],
    supported_first_factors: [
      ...(owner.passwordHash ? [{ strategy: "password" }] : []),
      { strategy: "email_code", ...address },
      { strategy: "reset_password_email_code", ...address },
    ],
    supported_second_factors: null,
    first_factor_verification: verification(record.verification, now),
    second_factor_verification: null,
    identifier: record.identifier,
    user_data: {
      first_name: owner.firstName,
      last_name: owner.lastName,
      image_url: "",
      has_image: false,
    },
    created_session_id: record.createdSessionId,
    abandon_at: record.abandonAt,
    timezone: null,
    protect_check: null,
  };
}

export function invitation(record: InvitationRecord, now: number): Json {
  const late = record.status === "pending" && now >= record.expireAt;
  return {
    id: record.id,
    object: "invitation",
    email_address: record.email,
    public_metadata: record.publicMetadata,
    revoked: record.status === "revoked",
    status: late ? "expired" : record.status,
    url: record.url,
    expires_at: record.expireAt,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
  };
}
