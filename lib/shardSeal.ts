import { isSealOf, sealOf } from "./leadForm/seal.ts";

/**
 * How a deployment proves to another that a request comes from one of ours: a seal over whom it is
 * for, where it goes, when, and its body. A seal for one deployment opens no other.
 */

export const SEALED_AT = "x-sunup-sealed-at";
export const SEAL = "x-sunup-seal";

/** A seal is good for so long, in milliseconds. What repeats a request meanwhile changes nothing. */
const SEAL_MS = 5 * 60_000;

export type ShardRequest = {
  /** The deployment that it is for. */
  to: string;
  path: string;
  body: string;
};

/** The headers that seal a request. `now` in milliseconds. */
export async function shardSealHeaders(
  secret: string,
  request: ShardRequest,
  now: number,
): Promise<Record<string, string>> {
  return { [SEALED_AT]: String(now), [SEAL]: await sealOf(secret, sealedText(request, now)) };
}

/** True when one of our deployments sealed exactly this for `to` within the last five minutes. */
export async function isShardSealed(
  secret: string,
  request: ShardRequest,
  headers: Headers,
  now: number,
): Promise<boolean> {
  const at = headers.get(SEALED_AT) ?? "";
  if (!(Math.abs(now - Number(at)) < SEAL_MS)) return false;
  return await isSealOf(secret, sealedText(request, at), headers.get(SEAL) ?? "");
}

function sealedText({ to, path, body }: ShardRequest, at: number | string): string {
  return `between deployments\n${to}\n${path}\n${at}\n${body}`;
}
