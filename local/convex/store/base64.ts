/** The base64 forms inside Convex JSON: bytes, and int64 as eight little-endian bytes. */
import type { JSONValue } from "convex/values";

export function base64ToBytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(base64, "base64"));
}

/** The bigint of `{$integer: …}`. */
export function int64OfJson(json: JSONValue): bigint {
  return Buffer.from((json as { $integer: string }).$integer, "base64").readBigInt64LE();
}

export function int64ToJson(value: bigint): { $integer: string } {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return { $integer: bytes.toString("base64") };
}
