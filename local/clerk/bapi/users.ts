import { ClerkError, fieldError } from "../errors.ts";
import type { HttpReply } from "../../http/routes.ts";
import { json } from "../../http/routes.ts";
import { attemptSucceeded, beginAttempt, LOCKOUT_MS } from "../lockout.ts";
import { checkPasswordRules, hashPassword, verifyPassword } from "../passwords.ts";
import type { Metadata, UserRecord } from "../records.ts";
import { backendUser } from "../serializers.ts";
import { endOtherSessions } from "../sessions.ts";
import {
  createUser,
  deleteUser,
  getUser,
  mergeMetadata,
  parseEmail,
  parseMetadata,
  parseName,
  updateUser,
} from "../users.ts";
import type { BackendCall } from "./input.ts";
import { backendRoute, page, textField } from "./input.ts";

const METADATA = {
  public_metadata: "publicMetadata",
  private_metadata: "privateMetadata",
  unsafe_metadata: "unsafeMetadata",
} as const;

/** The back-end API's users. */
export const userRoutes = [
  backendRoute("GET", "/users", listUsers),
  backendRoute("GET", "/users/count", countUsers),
  backendRoute("POST", "/users", create),
  backendRoute("GET", "/users/:id", (call) => reply(call, getUser(call.clerk, id(call)))),
  backendRoute("PATCH", "/users/:id", update),
  backendRoute("DELETE", "/users/:id", remove),
  backendRoute("PATCH", "/users/:id/metadata", (call) => changeMetadata(call, mergeMetadata)),
  backendRoute("PUT", "/users/:id/metadata", (call) => changeMetadata(call, (_, given) => given)),
  backendRoute("PUT", "/users/:id/email_address", replaceEmail),
  backendRoute("POST", "/users/:id/verify_password", verify),
  backendRoute("POST", "/users/:id/ban", (call) => setBanned(call, true)),
  backendRoute("POST", "/users/:id/unban", (call) => setBanned(call, false)),
  backendRoute("POST", "/users/:id/lock", (call) => setLocked(call, true)),
  backendRoute("POST", "/users/:id/unlock", (call) => setLocked(call, false)),
];

function listUsers(call: BackendCall): HttpReply {
  return json(page(call, matching(call)).map((user) => backendUser(user, call.clerk.now())));
}

function countUsers(call: BackendCall): HttpReply {
  return json({ object: "total_count", total_count: matching(call).length });
}

async function create(call: BackendCall): Promise<HttpReply> {
  const { clerk, body } = call;
  const emails = body["email_address"];
  const email = Array.isArray(emails) ? emails[0] : emails;
  if (typeof email !== "string") {
    throw fieldError("form_data_missing", "email_address", "email_address must be given.");
  }
  const password = textField(call, "password");
  if (password === undefined && body["skip_password_requirement"] !== true) {
    throw fieldError("form_data_missing", "password", "password must be given.");
  }
  if (password !== undefined && body["skip_password_checks"] !== true) checkPasswordRules(password);
  const user = createUser(clerk, {
    email: parseEmail(email),
    passwordHash: password === undefined ? null : await hashPassword(password),
    ...profile(call),
    ...metadata(call),
  });
  return reply(call, user);
}

async function update(call: BackendCall): Promise<HttpReply> {
  const { clerk, body } = call;
  getUser(clerk, id(call));
  const password = textField(call, "password");
  const change: Partial<UserRecord> = { ...profile(call), ...metadata(call) };
  if (password !== undefined) {
    if (body["skip_password_checks"] !== true) checkPasswordRules(password);
    change.passwordHash = await hashPassword(password);
    change.passwordUpdatedAt = clerk.now();
  }
  const user = clerk.store.transaction(() => {
    if (body["sign_out_of_other_sessions"] === true) endOtherSessions(clerk, id(call), null);
    return updateUser(clerk, id(call), change);
  });
  return reply(call, user);
}

function remove(call: BackendCall): HttpReply {
  deleteUser(call.clerk, id(call));
  return json({ id: id(call), object: "user", deleted: true });
}

function changeMetadata(
  call: BackendCall,
  combine: (current: Metadata, given: Metadata) => Metadata,
): HttpReply {
  const user = getUser(call.clerk, id(call));
  const change: Partial<UserRecord> = {};
  for (const [name, field] of Object.entries(METADATA)) {
    if (call.body[name] === undefined) continue;
    const combined = combine(user[field], parseMetadata(call.body[name], name));
    change[field] = parseMetadata(combined, name);
  }
  return reply(call, updateUser(call.clerk, user.id, change));
}

function replaceEmail(call: BackendCall): HttpReply {
  const { clerk } = call;
  const email = parseEmail(textField(call, "email_address") ?? "");
  const user = clerk.store.transaction(() => {
    const owner = clerk.store.users.find("email", email);
    if (owner && owner.id !== id(call)) {
      throw fieldError(
        "form_identifier_exists",
        "email_address",
        `${email} already has an account.`,
      );
    }
    return updateUser(clerk, id(call), { email });
  });
  return reply(call, user);
}

async function verify(call: BackendCall): Promise<HttpReply> {
  const user = getUser(call.clerk, id(call));
  beginAttempt(call.clerk, user.id);
  const right = await verifyPassword(textField(call, "password") ?? "", user.passwordHash ?? "");
  if (!right) throw new ClerkError(422, "incorrect_password", "The password is incorrect.");
  attemptSucceeded(call.clerk, user.id);
  return json({ verified: true });
}

function setBanned(call: BackendCall, banned: boolean): HttpReply {
  const user = call.clerk.store.transaction(() => {
    if (banned) endOtherSessions(call.clerk, id(call), null);
    return updateUser(call.clerk, id(call), { banned });
  });
  return reply(call, user);
}

function setLocked(call: BackendCall, locked: boolean): HttpReply {
  const lockedUntil = locked ? call.clerk.now() + LOCKOUT_MS : null;
  return reply(call, updateUser(call.clerk, id(call), { lockedUntil, failedAttempts: 0 }));
}

/** The users that the query's filters leave, newest first. Values of one filter are alternatives. */
function matching({ clerk, query }: BackendCall): UserRecord[] {
  const any = (name: string): string[] => [...query.getAll(name), ...query.getAll(`${name}[]`)];
  const ids = any("user_id");
  const emails = any("email_address").map((email) => email.toLowerCase());
  const externalIds = any("external_id");
  const text = query.get("query")?.toLowerCase() ?? "";
  const users = clerk.store.users
    .all()
    .filter(
      (user) =>
        (ids.length === 0 || ids.includes(user.id)) &&
        (emails.length === 0 || emails.includes(user.email)) &&
        (externalIds.length === 0 || externalIds.includes(user.externalId ?? "")) &&
        [user.id, user.email, user.firstName, user.lastName].some((value) =>
          (value ?? "").toLowerCase().includes(text),
        ),
    );
  return query.get("order_by") === "+created_at" ? users : users.reverse();
}

function profile(call: BackendCall): Partial<UserRecord> {
  const change: Partial<UserRecord> = {};
  const { body } = call;
  if ("first_name" in body)
    change.firstName = parseName(textField(call, "first_name") ?? "", "first_name");
  if ("last_name" in body)
    change.lastName = parseName(textField(call, "last_name") ?? "", "last_name");
  if ("external_id" in body) change.externalId = textField(call, "external_id") ?? null;
  return change;
}

function metadata({ body }: BackendCall): Partial<UserRecord> {
  const change: Partial<UserRecord> = {};
  for (const [name, field] of Object.entries(METADATA)) {
    if (body[name] !== undefined) change[field] = parseMetadata(body[name], name);
  }
  return change;
}

const id = (call: BackendCall): string => call.params["id"] ?? "";

const reply = (call: BackendCall, user: UserRecord): HttpReply =>
  json(backendUser(user, call.clerk.now()));
