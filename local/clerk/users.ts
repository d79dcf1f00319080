/** What happens to users, whoever asks for it: each change is one transaction with its webhook event. */
import type { Clerk } from "./clerk.ts";
import { ClerkError, emailTaken, fieldError, missingField } from "./errors.ts";
import { newId } from "./ids.ts";
import type { Metadata, UserRecord } from "./records.ts";
import { backendUser } from "./serializers.ts";

const MAX_NAME_LENGTH = 255;
/** In bytes, as Clerk's limit on metadata. */
const MAX_METADATA_BYTES = 8 * 1024;

export type NewUser = Pick<UserRecord, "email"> &
  Partial<
    Pick<
      UserRecord,
      | "firstName"
      | "lastName"
      | "passwordHash"
      | "publicMetadata"
      | "privateMetadata"
      | "unsafeMetadata"
      | "externalId"
    >
  >;

/** Creates a user with a verified address and tells the app. Throws `form_identifier_exists`. */
export function createUser(clerk: Clerk, input: NewUser): UserRecord {
  return clerk.store.transaction(() => {
    if (clerk.store.users.find("email", input.email)) throw emailTaken();
    const now = clerk.now();
    const user: UserRecord = {
      id: newId("user"),
      email: input.email,
      emailId: newId("idn"),
      firstName: input.firstName ?? null,
      lastName: input.lastName ?? null,
      passwordHash: input.passwordHash ?? null,
      passwordUpdatedAt: input.passwordHash ? now : null,
      publicMetadata: input.publicMetadata ?? {},
      privateMetadata: input.privateMetadata ?? {},
      unsafeMetadata: input.unsafeMetadata ?? {},
      externalId: input.externalId ?? null,
      banned: false,
      failedAttempts: 0,
      lockedUntil: null,
      lastSignInAt: null,
      lastActiveAt: null,
      createdAt: now,
      updatedAt: now,
    };
    clerk.store.users.put(user);
    clerk.webhooks.enqueue("user.created", backendUser(user, now));
    return user;
  });
}

/** Changes a user and tells the app. Throws 404 when the user is gone. */
export function updateUser(clerk: Clerk, userId: string, change: Partial<UserRecord>): UserRecord {
  return clerk.store.transaction(() => {
    const now = clerk.now();
    const user = { ...getUser(clerk, userId), ...change, updatedAt: now };
    clerk.store.users.put(user);
    clerk.webhooks.enqueue("user.updated", backendUser(user, now));
    return user;
  });
}

/** Deletes a user with their sessions and tells the app. Throws 404 when the user is gone. */
export function deleteUser(clerk: Clerk, userId: string): void {
  clerk.store.transaction(() => {
    const user = getUser(clerk, userId);
    for (const session of clerk.store.sessions.list("userId", userId)) {
      clerk.store.sessions.delete(session.id);
    }
    for (const signIn of clerk.store.signIns.list("userId", userId)) {
      clerk.store.signIns.delete(signIn.id);
    }
    clerk.store.users.delete(userId);
    clerk.webhooks.enqueue("user.deleted", { id: user.id, object: "user", deleted: true });
  });
}

/** Throws 404 for an unknown id. */
export function getUser(clerk: Clerk, userId: string): UserRecord {
  const user = clerk.store.users.get(userId);
  if (!user) {
    throw new ClerkError(404, "resource_not_found", `No user was found with id ${userId}.`, {
      message: "not found",
    });
  }
  return user;
}

/** The address in its one spelling. Throws `form_param_nil` or `form_param_format_invalid`. */
export function parseEmail(value: string, param = "email_address"): string {
  const email = value.trim().toLowerCase();
  if (email === "") throw missingField(param);
  if (email.length > 254 || !/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email)) {
    throw fieldError(
      "form_param_format_invalid",
      param,
      "Enter a valid email address.",
      "is invalid",
    );
  }
  return email;
}

/** A name, or null for none. Throws `form_param_max_length_exceeded`. */
export function parseName(value: string, param: "first_name" | "last_name"): string | null {
  const name = value.trim();
  if (name.length > MAX_NAME_LENGTH) {
    throw fieldError(
      "form_param_max_length_exceeded",
      param,
      `A name can have at most ${MAX_NAME_LENGTH} characters.`,
    );
  }
  return name === "" ? null : name;
}

/** Metadata given as an object or as its JSON text. Throws 422 when it is anything else or over 8 kB. */
export function parseMetadata(value: unknown, param: string): Metadata {
  const metadata = typeof value === "string" ? parseJson(value) : value;
  if (typeof metadata !== "object" || metadata === null || Array.isArray(metadata)) {
    throw fieldError("form_param_format_invalid", param, `${param} must be a JSON object.`);
  }
  if (Buffer.byteLength(JSON.stringify(metadata)) > MAX_METADATA_BYTES) {
    throw fieldError("form_param_max_length_exceeded", param, `${param} can have at most 8 kB.`);
  }
  return metadata as Metadata;
}

function parseJson(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    return null;
  }
}

/** Clerk's deep merge of metadata: objects merge, null removes, anything else replaces. */
export function mergeMetadata(current: Metadata, change: Metadata): Metadata {
  const merged: Metadata = { ...current };
  for (const [key, value] of Object.entries(change)) {
    const before = merged[key];
    if (value === null) delete merged[key];
    else
      merged[key] = isObject(value) ? mergeMetadata(isObject(before) ? before : {}, value) : value;
  }
  return merged;
}

function isObject(value: unknown): value is Metadata {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
