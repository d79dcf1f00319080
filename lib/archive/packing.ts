import { Deflate, Inflate } from "fflate";

/**
 * Parts of an entry, each packed alone: whole DEFLATE blocks up to a byte's end, which refer to
 * nothing in front of them. Set one behind another and closed with PACKED_END they are one DEFLATE
 * stream, so an archive is written by many hands one after another, and read from any part.
 */

/** An empty last block. */
export const PACKED_END = Uint8Array.of(0x03, 0x00);

/** Length and complement of a block without bytes. */
const EMPTY_STORED = Uint8Array.of(0, 0, 0xff, 0xff);

/** What the deflater takes at once without making its buffer larger. */
const CHUNK = 64 * 1024;

/** DEFLATE makes at most 1,032 bytes of one: 16 MiB of these. */
const UNPACKED_AT_ONCE = 16 * 1024;

/** Most bytes of a block that is stored as it is. */
const STORED_BLOCK = 65_535;

/**
 * The part, packed. `pressed` is for text, in which no zero bytes are (fflate takes what stands in
 * front of the first chunk for zeros); pictures and papers are pressed already.
 */
export function packed(bytes: Uint8Array, pressed: boolean): Uint8Array {
  return joined(pressed ? deflated(bytes) : stored(bytes));
}

/**
 * The part as it was. Throws when it is no such part, or has not `size` bytes: as soon as it has
 * more, so that a few bytes which unpack to very many take no memory.
 */
export function unpacked(part: Uint8Array, size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let at = 0;
  const inflate = new Inflate((chunk) => {
    if (at + chunk.length > size) throw new Error("A part is larger than its manifest says.");
    whole.set(chunk, at);
    at += chunk.length;
  });
  for (let from = 0; from < part.length; from += UNPACKED_AT_ONCE) {
    inflate.push(part.subarray(from, from + UNPACKED_AT_ONCE));
  }
  inflate.push(PACKED_END, true);
  if (at !== size) throw new Error("A part is smaller than its manifest says.");
  return whole;
}

export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/**
 * fflate ends a stream with a last block of its own when nothing is left to pack: three bits that
 * say so, 1 1 0 from the lowest, and zeros. In its place goes an empty block that is stored and
 * not the last one, which begins with 0 0 0 and fills up the byte.
 */
function deflated(bytes: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  const deflate = new Deflate({ level: 6 }, (chunk) => chunks.push(chunk));
  for (let at = 0; at < bytes.length; at += CHUNK) deflate.push(bytes.subarray(at, at + CHUNK));
  deflate.flush();
  deflate.push(new Uint8Array(0), true);
  const stream = joined(chunks);
  const last = stream.findLastIndex((byte) => byte !== 0);
  const kind = last * 8 + 31 - Math.clz32(stream[last]!);
  for (const bit of [kind - 1, kind]) stream[bit >> 3]! &= ~(1 << (bit & 7));
  // The block begins at kind - 1 and its head has three bits.
  const end = Math.ceil((kind + 2) / 8);
  return [joined([stream, new Uint8Array(1)]).subarray(0, end), EMPTY_STORED];
}

function* storedBlocks(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += STORED_BLOCK) {
    const block = bytes.subarray(at, at + STORED_BLOCK);
    const { length } = block;
    const others = ~length & 0xffff;
    yield Uint8Array.of(0, length & 0xff, length >> 8, others & 0xff, others >> 8);
    yield block;
  }
}

function stored(bytes: Uint8Array): Uint8Array[] {
  return [...storedBlocks(bytes)];
}
