import { randomInt } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A random id in the form of Clerk, Svix and Stripe: the prefix, an underscore and 27 letters or digits. */
export function randomId(prefix: string): string {
  let id = `${prefix}_`;
  for (let i = 0; i < 27; i += 1) id += ALPHABET[randomInt(ALPHABET.length)];
  return id;
}
