/**
 * Document ids in Convex's own format, so that they survive a move to a real deployment:
 * lower-case Crockford base32 of [table number, little-endian base-128][16 random bytes][checksum],
 * the checksum being Fletcher-16 (modulo 256) of what precedes it, little-endian.
 *
 * Within a table, ids order like their 16 bytes: same prefix, an alphabet in ASCII order.
 */
import { StoreError } from "./errors.ts";
import { compareKeys, keyOf } from "./keys.ts";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const DIGITS = new Map([...ALPHABET].map((character, digit) => [character, digit]));
export const INTERNAL_ID_BYTES = 16;
const CHECKSUM_BYTES = 2;
const MIN_LENGTH = base32Length(1 + INTERNAL_ID_BYTES + CHECKSUM_BYTES);
const MAX_LENGTH = base32Length(5 + INTERNAL_ID_BYTES + CHECKSUM_BYTES);

export type DocumentId = { tableNumber: number; internalId: Uint8Array };

export function encodeId({ tableNumber, internalId }: DocumentId): string {
  const bytes: number[] = [];
  let rest = tableNumber;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest, ...internalId);
  const checksum = fletcher16(bytes);
  bytes.push(checksum & 0xff, checksum >> 8);
  return toBase32(bytes);
}

/** Throws InvalidId, with Convex's words, if `id` is not one. */
export function decodeId(id: string): DocumentId {
  if (id.length < MIN_LENGTH || id.length > MAX_LENGTH) {
    throw invalid(`Invalid ID length ${id.length}`);
  }
  const bytes = fromBase32(id);
  let tableNumber = 0;
  let position = 0;
  for (let byte = 0x80; byte >= 0x80; position++) {
    if (position === 5) throw invalid("Invalid table number");
    byte = bytes[position] ?? 0;
    tableNumber += (byte & 0x7f) * 2 ** (7 * position);
  }
  if (tableNumber === 0 || tableNumber > 0xffffffff) throw invalid("Invalid table number");
  const end = position + INTERNAL_ID_BYTES;
  if (bytes.length !== end + CHECKSUM_BYTES || base32Length(bytes.length) !== id.length) {
    throw invalid(`Invalid ID length ${id.length}`);
  }
  const found = (bytes[end] as number) | ((bytes[end + 1] as number) << 8);
  const expected = fletcher16(bytes.slice(0, end));
  if (found !== expected) throw invalid(`Invalid ID version ${found} (expected ${expected})`);
  return { tableNumber, internalId: Uint8Array.from(bytes.slice(position, end)) };
}

/** Like decodeId, but null for anything that is not an id. */
export function tryDecodeId(id: string): DocumentId | null {
  try {
    return decodeId(id);
  } catch {
    return null;
  }
}

/**
 * Where a value that an `_id` is compared with falls among a table's ids: the smallest 16 bytes whose
 * id is at or above the value (or above it, if `strictly`), or null if none is.
 */
export function firstInternalIdFrom(
  tableNumber: number,
  valueKey: Uint8Array,
  strictly: boolean,
): Uint8Array | null {
  const reaches = (internalId: Uint8Array) => {
    const order = compareKeys(keyOf([encodeId({ tableNumber, internalId })]), valueKey);
    return strictly ? order > 0 : order >= 0;
  };
  const candidate = new Uint8Array(INTERNAL_ID_BYTES).fill(0xff);
  if (!reaches(candidate)) return null;
  // Bit by bit from the top: a bit stays set only if the value is not reached without it.
  for (let bit = 0; bit < 8 * INTERNAL_ID_BYTES; bit++) {
    const mask = 0x80 >> (bit & 7);
    candidate[bit >> 3] = (candidate[bit >> 3] as number) & ~mask;
    if (!reaches(candidate)) candidate[bit >> 3] = (candidate[bit >> 3] as number) | mask;
  }
  return candidate;
}

function fletcher16(bytes: readonly number[]): number {
  let low = 0;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) & 0xff;
    high = (high + low) & 0xff;
  }
  return (high << 8) | low;
}

function base32Length(byteCount: number): number {
  return Math.ceil((byteCount * 8) / 5);
}

function toBase32(bytes: readonly number[]): string {
  let text = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET[(buffer >> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  if (bits > 0) text += ALPHABET[(buffer << (5 - bits)) & 31];
  return text;
}

function fromBase32(text: string): number[] {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of text) {
    const digit = DIGITS.get(character);
    if (digit === undefined) throw invalid("ID wasn't valid base32");
    buffer = (buffer << 5) | digit;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 0xff);
      buffer &= (1 << bits) - 1;
    }
  }
  return bytes;
}

function invalid(reason: string): StoreError {
  return new StoreError("InvalidId", `Unable to decode ID: ${reason}`);
}
