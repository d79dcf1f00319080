import { randomBytes, randomInt } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The prefixes Clerk (and Svix, for `msg`) give their ids. */
export type IdPrefix =
  | "client"
  | "sess"
  | "user"
  | "idn"
  | "sua"
  | "sia"
  | "inv"
  | "ema"
  | "msg"
  | "ins"
  | "sess_activity";

/** A random id in Clerk's form: the prefix, an underscore and 27 letters or digits. */
export function newId(prefix: IdPrefix): string {
  let id = `${prefix}_`;
  for (let i = 0; i < 27; i += 1) id += ALPHABET[randomInt(ALPHABET.length)];
  return id;
}

/** A random secret nobody can guess: 32 bytes, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}
