/**
 * Index keys: Convex JSON as bytes whose order is the order of `compareValues` of convex/values,
 * undefined < null < bigint < number < boolean < string < bytes < array < object.
 *
 * Invariants
 * - compare(keyOf(a), keyOf(b)) = compareValues(a, b), bytes compared as unsigned.
 * - No key is a prefix of the key of another value, so keys of several fields are joined without
 *   separators, and all keys that begin with a prefix p are those in [p, afterPrefix(p)).
 * - A tag is between 0x10 and 0x18; 0x00 only ends something. So MAX_KEY is above every key.
 */
import { base64ToBytes, int64OfJson } from "./base64.ts";
import { kindOf, numberOf, type JsonObject } from "./values.ts";
import type { JSONValue } from "convex/values";

const TAG = {
  undefined: 0x10,
  null: 0x11,
  bigint: 0x12,
  number: 0x13,
  boolean: 0x14,
  string: 0x15,
  bytes: 0x16,
  array: 0x17,
  object: 0x18,
} as const;
const END = 0x00;
const FIELD = 0x01;
// Inside strings and bytes 0x00 and 0x01 are written as 0x01 0x01 and 0x01 0x02, which keeps both the
// order and END unique.
const ESCAPE = 0x01;

/** Above every key, also those that are bare 16-byte ids. */
export const MAX_KEY: Uint8Array = new Uint8Array(17).fill(0xff);
export const MIN_KEY: Uint8Array = new Uint8Array(0);

/** The key of some values, one after the other. `undefined` is a missing field. */
export function keyOf(values: readonly (JSONValue | undefined)[], suffix?: Uint8Array): Uint8Array {
  const writer = new KeyWriter();
  for (const value of values) writer.value(value);
  if (suffix !== undefined) writer.raw(suffix);
  return writer.finish();
}

/** The smallest key above all that begin with `prefix`. */
export function afterPrefix(prefix: Uint8Array): Uint8Array {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end--;
  if (end === 0) return MAX_KEY;
  const next = Uint8Array.from(prefix.subarray(0, end));
  next[end - 1] = (next[end - 1] as number) + 1;
  return next;
}

/** The smallest key above `key`. */
export function afterKey(key: Uint8Array): Uint8Array {
  const next = new Uint8Array(key.length + 1);
  next.set(key);
  return next;
}

export function compareKeys(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b);
}

/** -1, 0 or 1 as Convex orders values; undefined is a missing field. */
export function compareJson(a: JSONValue | undefined, b: JSONValue | undefined): number {
  if (typeof a === "number" && typeof b === "number") return a < b ? -1 : a > b ? 1 : 0;
  if (a === b) return 0;
  return compareKeys(keyOf([a]), keyOf([b]));
}

class KeyWriter {
  private bytes = Buffer.allocUnsafe(128);
  private length = 0;

  value(json: JSONValue | undefined): void {
    if (json === undefined) return this.byte(TAG.undefined);
    const kind = kindOf(json);
    this.byte(TAG[kind]);
    switch (kind) {
      case "null":
        return;
      case "boolean":
        return this.byte(json === true ? 2 : 1);
      case "string":
        return this.escaped(Buffer.from(json as string, "utf8"));
      case "bytes":
        return this.escaped(base64ToBytes((json as { $bytes: string }).$bytes));
      case "number":
        return this.number(numberOf(json));
      case "bigint":
        this.reserve(8);
        // Flipping the sign bit puts negative numbers first.
        this.length = this.bytes.writeBigUInt64BE(
          BigInt.asUintN(64, int64OfJson(json)) ^ (1n << 63n),
          this.length,
        );
        return;
      case "array":
        for (const element of json as JSONValue[]) this.value(element);
        return this.byte(END);
      case "object":
        for (const name of Object.keys(json as JsonObject).sort()) {
          this.byte(FIELD);
          this.escaped(Buffer.from(name, "utf8"));
          this.value((json as JsonObject)[name]);
        }
        return this.byte(END);
    }
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.bytes.subarray(0, this.length));
  }

  /** IEEE order: positive numbers get their sign bit set, negative ones are inverted. */
  private number(value: number): void {
    this.reserve(8);
    const start = this.length;
    this.length = this.bytes.writeDoubleBE(value, start);
    const first = this.bytes[start] as number;
    if (first < 0x80) {
      this.bytes[start] = first | 0x80;
    } else {
      for (let i = start; i < this.length; i++) this.bytes[i] = ~(this.bytes[i] as number);
    }
  }

  private escaped(bytes: Uint8Array): void {
    this.reserve(2 * bytes.length + 1);
    for (const byte of bytes) {
      if (byte <= ESCAPE) this.bytes[this.length++] = ESCAPE;
      this.bytes[this.length++] = byte <= ESCAPE ? byte + 1 : byte;
    }
    this.byte(END);
  }

  private byte(byte: number): void {
    this.reserve(1);
    this.bytes[this.length++] = byte;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.length + count));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
