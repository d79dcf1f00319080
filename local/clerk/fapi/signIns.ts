/** Signing in: by password, by a code, or by a code that allows a new password. */
import { activityOf } from "../activity.ts";
import { sendCode, tryCode } from "../codes.ts";
import {
  ClerkError,
  fieldError,
  incorrectPassword,
  missingField,
  notFound,
  sessionExists,
} from "../errors.ts";
import type { HttpReply } from "../../http/routes.ts";
import { newId } from "../ids.ts";
import { attemptSucceeded, beginAttempt } from "../lockout.ts";
import { checkPasswordRules, hashPassword, verifyPassword } from "../passwords.ts";
import type { CodeVerification, SignInRecord, UserRecord } from "../records.ts";
import { signIn as signInJson } from "../serializers.ts";
import { activeSessions, endOtherSessions, startSession } from "../sessions.ts";
import { getUser, parseEmail, updateUser } from "../users.ts";
import type { Exchange } from "./exchange.ts";
import { answer, currentClient, ensureClient } from "./exchange.ts";

/** A sign-in that is left alone for an hour is over. */
const ABANDON_MS = 60 * 60_000;

/** `POST /v1/client/sign_ins`: names the account and, if a password comes with it, signs in at once. */
export async function createSignIn(exchange: Exchange): Promise<HttpReply> {
  const { clerk, field, has } = exchange;
  const known = currentClient(exchange);
  if (known && activeSessions(clerk, "clientId", known.id).length > 0) throw sessionExists();
  const email = parseEmail(field("identifier"), "identifier");
  const user = clerk.store.users.find("email", email);
  if (!user)
    throw fieldError("form_identifier_not_found", "identifier", "Couldn't find your account.");
  const strategy = field("strategy");
  // Before the sign-in is stored: a wrong password leaves nothing behind.
  if (has("password")) await checkPassword(exchange, user);
  const record = clerk.store.transaction(() => {
    const client = ensureClient(exchange);
    const created: SignInRecord = {
      id: newId("sia"),
      clientId: client.id,
      status: "needs_first_factor",
      userId: user.id,
      identifier: email,
      verification: isCodeStrategy(strategy) ? sendCode(clerk, user.email, strategy) : null,
      createdSessionId: null,
      abandonAt: clerk.now() + ABANDON_MS,
    };
    if (client.signInId) clerk.store.signIns.delete(client.signInId);
    clerk.store.clients.put({ ...client, signInId: created.id, updatedAt: clerk.now() });
    return has("password") ? complete(exchange, created) : keep(exchange, created);
  });
  return answerSignIn(exchange, record);
}

/** `GET /v1/client/sign_ins/:id` */
export async function getSignIn(exchange: Exchange): Promise<HttpReply> {
  return answerSignIn(exchange, ownSignIn(exchange));
}

/** `POST …/prepare_first_factor`: sends a code for signing in or for a new password. */
export async function prepareFirstFactor(exchange: Exchange): Promise<HttpReply> {
  const { clerk, field } = exchange;
  const strategy = field("strategy");
  if (!isCodeStrategy(strategy)) throw strategyInvalid();
  const record = clerk.store.transaction(() => {
    const current = openSignIn(exchange);
    const { email } = getUser(clerk, current.userId);
    const verification = sendCode(clerk, email, strategy);
    return keep(exchange, { ...current, status: "needs_first_factor", verification });
  });
  return answerSignIn(exchange, record);
}

/** `POST …/attempt_first_factor`: tries a password or a code. */
export async function attemptFirstFactor(exchange: Exchange): Promise<HttpReply> {
  const { clerk, field } = exchange;
  const strategy = field("strategy");
  const { userId } = openSignIn(exchange);
  if (strategy === "password") {
    await checkPassword(exchange, getUser(clerk, userId));
    return answerSignIn(
      exchange,
      clerk.store.transaction(() => complete(exchange, openSignIn(exchange))),
    );
  }
  if (!isCodeStrategy(strategy)) throw strategyInvalid();
  beginAttempt(clerk, userId);
  const result = clerk.store.transaction(() => {
    const record = openSignIn(exchange);
    const sent = record.verification?.strategy === strategy ? record.verification : null;
    const failure = tryCode(sent, field("code").trim(), clerk.now());
    if (failure) {
      keep(exchange, record);
      return failure;
    }
    attemptSucceeded(clerk, userId);
    return strategy === "email_code"
      ? complete(exchange, record)
      : keep(exchange, { ...record, status: "needs_new_password" });
  });
  if (result instanceof ClerkError) throw result;
  return answerSignIn(exchange, result);
}

/** `POST …/reset_password`: after the right reset code, sets a new password and signs in. */
export async function resetPassword(exchange: Exchange): Promise<HttpReply> {
  const { clerk, field } = exchange;
  checkPasswordRules(field("password"));
  const passwordHash = await hashPassword(field("password"));
  const record = clerk.store.transaction(() => {
    const current = openSignIn(exchange);
    requireProvenReset(current);
    updateUser(clerk, current.userId, { passwordHash, passwordUpdatedAt: clerk.now() });
    if (field("sign_out_of_other_sessions") === "true")
      endOtherSessions(clerk, current.userId, null);
    return complete(exchange, current);
  });
  return answerSignIn(exchange, record);
}

async function checkPassword({ clerk, field }: Exchange, user: UserRecord): Promise<void> {
  if (field("password") === "") throw missingField("password");
  if (user.passwordHash === null) throw strategyInvalid();
  beginAttempt(clerk, user.id);
  if (!(await verifyPassword(field("password"), user.passwordHash)))
    throw incorrectPassword("password");
  attemptSucceeded(clerk, user.id);
}

/** Starts the session. Runs inside the caller's transaction. */
function complete(exchange: Exchange, record: SignInRecord): SignInRecord {
  const { clerk, request } = exchange;
  const session = startSession(clerk, record.userId, ensureClient(exchange), activityOf(request));
  return keep(exchange, { ...record, status: "complete", createdSessionId: session.id });
}

function keep({ clerk }: Exchange, record: SignInRecord): SignInRecord {
  clerk.store.signIns.put(record);
  return record;
}

async function answerSignIn(exchange: Exchange, record: SignInRecord): Promise<HttpReply> {
  const { clerk } = exchange;
  return answer(exchange, signInJson(record, getUser(clerk, record.userId), clerk.now()));
}

function ownSignIn(exchange: Exchange): SignInRecord {
  const record = exchange.clerk.store.signIns.get(exchange.params["id"] ?? "");
  if (!record || record.clientId !== exchange.clientId) throw notFound("sign-in");
  return record;
}

/** This browser's sign-in, still under way. */
function openSignIn(exchange: Exchange): SignInRecord {
  const record = ownSignIn(exchange);
  if (record.status === "complete" || exchange.clerk.now() >= record.abandonAt) {
    throw new ClerkError(400, "sign_in_cannot_be_updated", "This sign-in is over. Start again.");
  }
  return record;
}

function requireProvenReset(record: SignInRecord): void {
  if (record.status === "needs_new_password") return;
  throw new ClerkError(400, "verification_missing", "Enter the reset code first.");
}

function isCodeStrategy(strategy: string): strategy is CodeVerification["strategy"] {
  return strategy === "email_code" || strategy === "reset_password_email_code";
}

const strategyInvalid = (): ClerkError =>
  fieldError(
    "strategy_for_user_invalid",
    "strategy",
    "This way of signing in is not possible for this account.",
  );
