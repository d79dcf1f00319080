/**
 * Signing up: collect the address and a password, prove the address by a code (or by an invitation's
 * ticket), then make the user and their first session in one transaction.
 */
import { activityOf } from "../activity.ts";
import { sendCode, tryCode } from "../codes.ts";
import { ClerkError, emailTaken, notFound, sessionExists } from "../errors.ts";
import type { HttpReply } from "../../http/routes.ts";
import { newId } from "../ids.ts";
import { acceptInvitation, invitationForTicket } from "../invitations.ts";
import { checkPasswordRules, hashPassword } from "../passwords.ts";
import type { SignUpRecord } from "../records.ts";
import { signUp as signUpJson } from "../serializers.ts";
import { activeSessions, startSession } from "../sessions.ts";
import { isEmailVerified, missingFields } from "../status.ts";
import { createUser, parseEmail, parseMetadata, parseName } from "../users.ts";
import type { Exchange } from "./exchange.ts";
import { answer, currentClient, ensureClient } from "./exchange.ts";

/** A sign-up that is left alone for a day is over. */
const ABANDON_MS = 24 * 60 * 60_000;

/** `POST /v1/client/sign_ups` */
export async function createSignUp(exchange: Exchange): Promise<HttpReply> {
  const { clerk, field } = exchange;
  const known = currentClient(exchange);
  if (known && activeSessions(clerk, "clientId", known.id).length > 0) throw sessionExists();
  const fields = await readFields(exchange);
  const invitation =
    field("strategy") === "ticket" ? await invitationForTicket(clerk, field("ticket")) : null;
  const record = clerk.store.transaction(() => {
    const client = ensureClient(exchange);
    const created: SignUpRecord = {
      id: newId("sua"),
      clientId: client.id,
      status: "missing_requirements",
      email: null,
      emailVerifiedByTicket: false,
      verification: null,
      passwordHash: null,
      firstName: null,
      lastName: null,
      unsafeMetadata: {},
      invitationId: null,
      createdUserId: null,
      createdSessionId: null,
      locale: field("locale") || null,
      timezone: field("timezone") || null,
      abandonAt: clerk.now() + ABANDON_MS,
      ...fields,
      ...(invitation
        ? { email: invitation.email, emailVerifiedByTicket: true, invitationId: invitation.id }
        : {}),
    };
    if (created.email && clerk.store.users.find("email", created.email)) throw emailTaken();
    if (client.signUpId) clerk.store.signUps.delete(client.signUpId);
    clerk.store.clients.put({ ...client, signUpId: created.id, updatedAt: clerk.now() });
    return advance(exchange, created);
  });
  return answer(exchange, signUpJson(record, clerk.now()));
}

/** `PATCH /v1/client/sign_ups/:id`: adds or changes fields. Another address must be proved anew. */
export async function updateSignUp(exchange: Exchange): Promise<HttpReply> {
  const { clerk } = exchange;
  openSignUp(exchange);
  const fields = await readFields(exchange);
  const record = clerk.store.transaction(() => {
    const before = openSignUp(exchange);
    const changed: SignUpRecord = { ...before, ...fields };
    if (changed.email !== before.email) {
      if (changed.email && clerk.store.users.find("email", changed.email)) throw emailTaken();
      changed.verification = null;
      changed.emailVerifiedByTicket = false;
      changed.invitationId = null;
    }
    return advance(exchange, changed);
  });
  return answer(exchange, signUpJson(record, clerk.now()));
}

/** `GET /v1/client/sign_ups/:id` */
export async function getSignUp(exchange: Exchange): Promise<HttpReply> {
  return answer(exchange, signUpJson(ownSignUp(exchange), exchange.clerk.now()));
}

/** `POST …/prepare_verification`: sends a code. A second call sends another one and voids the first. */
export async function prepareVerification(exchange: Exchange): Promise<HttpReply> {
  const { clerk } = exchange;
  requireEmailCode(exchange);
  const record = clerk.store.transaction(() => {
    const current = openSignUp(exchange);
    if (current.email === null)
      throw new ClerkError(400, "verification_not_possible", "Give an email address first.");
    if (isEmailVerified(current)) {
      throw new ClerkError(400, "verification_already_verified", "This has already been verified.");
    }
    const prepared = { ...current, verification: sendCode(clerk, current.email, "email_code") };
    clerk.store.signUps.put(prepared);
    return prepared;
  });
  return answer(exchange, signUpJson(record, clerk.now()));
}

/** `POST …/attempt_verification`: tries a code; the right one completes the sign-up if nothing is missing. */
export async function attemptVerification(exchange: Exchange): Promise<HttpReply> {
  const { clerk, field } = exchange;
  requireEmailCode(exchange);
  const result = clerk.store.transaction(() => {
    const record = openSignUp(exchange);
    const failure = tryCode(record.verification, field("code").trim(), clerk.now());
    if (!failure) return advance(exchange, record);
    clerk.store.signUps.put(record);
    return failure;
  });
  if (result instanceof ClerkError) throw result;
  return answer(exchange, signUpJson(result, clerk.now()));
}

/** Stores the sign-up; makes the user and the session when it needs nothing more. */
function advance(exchange: Exchange, record: SignUpRecord): SignUpRecord {
  const { clerk, request } = exchange;
  clerk.store.signUps.put(record);
  const { email } = record;
  if (email === null || missingFields(record).length > 0 || !isEmailVerified(record)) return record;
  const user = createUser(clerk, {
    ...record,
    email,
    publicMetadata: record.invitationId ? acceptInvitation(clerk, record.invitationId) : {},
  });
  const session = startSession(clerk, user.id, ensureClient(exchange), activityOf(request));
  const complete: SignUpRecord = {
    ...record,
    status: "complete",
    createdUserId: user.id,
    createdSessionId: session.id,
    // The user has them now; a finished sign-up needs neither.
    passwordHash: null,
    verification: null,
  };
  clerk.store.signUps.put(complete);
  return complete;
}

/** The fields that this request carries, checked. Hashing takes time, so this comes before any transaction. */
async function readFields({ field, has }: Exchange): Promise<Partial<SignUpRecord>> {
  const fields: Partial<SignUpRecord> = {};
  if (has("email_address")) fields.email = parseEmail(field("email_address"));
  if (has("first_name")) fields.firstName = parseName(field("first_name"), "first_name");
  if (has("last_name")) fields.lastName = parseName(field("last_name"), "last_name");
  if (has("unsafe_metadata")) {
    fields.unsafeMetadata = parseMetadata(field("unsafe_metadata"), "unsafe_metadata");
  }
  if (has("password")) {
    checkPasswordRules(field("password"));
    fields.passwordHash = await hashPassword(field("password"));
  }
  return fields;
}

function ownSignUp(exchange: Exchange): SignUpRecord {
  const record = exchange.clerk.store.signUps.get(exchange.params["id"] ?? "");
  if (!record || record.clientId !== exchange.clientId) throw notFound("sign-up");
  return record;
}

/** This browser's sign-up, still under way. */
function openSignUp(exchange: Exchange): SignUpRecord {
  const record = ownSignUp(exchange);
  if (record.status !== "missing_requirements" || exchange.clerk.now() >= record.abandonAt) {
    throw new ClerkError(400, "sign_up_cannot_be_updated", "This sign-up is over. Start again.");
  }
  return record;
}

function requireEmailCode({ field }: Exchange): void {
  if (field("strategy") === "email_code") return;
  throw new ClerkError(
    400,
    "strategy_for_user_invalid",
    "Addresses are verified by email_code here.",
    {
      param: "strategy",
    },
  );
}
