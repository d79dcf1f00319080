/**
 * Seeded randomness for queries and mutations: the same seed gives the same run, so that a re-run of
 * a transaction is the same transaction. xoshiro128** by Blackman and Vigna.
 */
import { createHash } from "node:crypto";

export class SeededRandom {
  readonly #state: Uint32Array;

  constructor(seed: string | Uint8Array) {
    const digest = createHash("sha256").update(seed).digest();
    this.#state = new Uint32Array(new Uint8Array(digest.subarray(0, 16)).buffer);
  }

  /** In [0, 1), with 53 random bits like Math.random. */
  next(): number {
    return ((this.#uint32() >>> 5) * 0x4000000 + (this.#uint32() >>> 6)) / 2 ** 53;
  }

  /** Fills `bytes` and gives it back. */
  fill<T extends Uint8Array>(bytes: T): T {
    for (let i = 0; i < bytes.length; i++) bytes[i] = this.#uint32() >>> 24;
    return bytes;
  }

  /** A version 4 UUID. */
  uuid(): ReturnType<Crypto["randomUUID"]> {
    const bytes = this.fill(new Uint8Array(16));
    bytes[6] = (bytes[6]! & 0x0f) | 0x40;
    bytes[8] = (bytes[8]! & 0x3f) | 0x80;
    const hex = Buffer.from(bytes).toString("hex");
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }

  #uint32(): number {
    const s = this.#state as unknown as [number, number, number, number];
    const result = Math.imul(rotl(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 11);
    return result;
  }
}

function rotl(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}
