/** Password rules and password hashes (scrypt). */
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { fieldError, missingField } from "./errors.ts";

export const MIN_PASSWORD_LENGTH = 8;
/** In bytes: what Clerk accepts. */
export const MAX_PASSWORD_LENGTH = 72;

const COST = { N: 16_384, r: 8, p: 1 };
const KEY_LENGTH = 32;

/** Throws `form_param_nil`, `form_password_length_too_short` or `form_password_size_in_bytes_exceeded`. */
export function checkPasswordRules(password: string, param = "password"): void {
  if (password === "") throw missingField(param);
  if ([...password].length < MIN_PASSWORD_LENGTH) {
    throw fieldError(
      "form_password_length_too_short",
      param,
      `Passwords must be ${MIN_PASSWORD_LENGTH} characters or more.`,
    );
  }
  if (Buffer.byteLength(password) > MAX_PASSWORD_LENGTH) {
    throw fieldError(
      "form_password_size_in_bytes_exceeded",
      param,
      `Passwords must be ${MAX_PASSWORD_LENGTH} bytes or less.`,
    );
  }
}

/** A salted hash that can be kept. Takes some tens of milliseconds, on purpose. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return ["scrypt", COST.N, COST.r, COST.p, salt.toString("base64"), key.toString("base64")].join(
    "$",
  );
}

/** Whether this is the password behind the hash. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt, key] = hash.split("$");
  if (!salt || !key) return false;
  const expected = Buffer.from(key, "base64");
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  return timingSafeEqual(expected, await derive(password, Buffer.from(salt, "base64"), cost));
}

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, KEY_LENGTH, cost, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
