import type { LeadFormAnswers } from "./answers.ts";
import { isSealOf, sealOf } from "./seal.ts";

/** How a taken sending travels from the Next server to Convex. */
export type Sending = {
  token: string;
  answers: LeadFormAnswers;
  /** Unique per form that was handed out, so that a sending counts once however often it comes. */
  sending: string;
  /** Stands for where it came from, on that day; absent when that is not known. */
  visitor?: string;
};

export const SEALED_AT = "x-sunup-sealed-at";
export const SEAL = "x-sunup-seal";

/** A seal is good for so long, in milliseconds: a copy of the request is of no use later. */
const SEAL_MS = 5 * 60_000;

/** The headers that seal a body. `now` in milliseconds. */
export async function sealHeaders(
  secret: string,
  body: string,
  now: number,
): Promise<Record<string, string>> {
  return { [SEALED_AT]: String(now), [SEAL]: await sealOf(secret, `sending\n${now}\n${body}`) };
}

/** True when our Next server sealed this body within the last five minutes. */
export async function isSealed(
  secret: string,
  body: string,
  headers: Headers,
  now: number,
): Promise<boolean> {
  const at = headers.get(SEALED_AT) ?? "";
  if (!(Math.abs(now - Number(at)) < SEAL_MS)) return false;
  return await isSealOf(secret, `sending\n${at}\n${body}`, headers.get(SEAL) ?? "");
}
