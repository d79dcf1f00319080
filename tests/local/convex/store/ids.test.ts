import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeId,
  encodeId,
  firstInternalIdFrom,
  tryDecodeId,
} from "../../../../local/convex/store/ids.ts";
import { compareKeys, keyOf } from "../../../../local/convex/store/keys.ts";

const internalId = fc.uint8Array({ minLength: 16, maxLength: 16 });
const tableNumber = fc.oneof(
  fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  fc.constantFrom(1, 127, 128, 10001, 16383, 16384, 2 ** 28 - 1, 2 ** 28, 2 ** 32 - 1),
);

describe("ids", () => {
  test("are encoded as Convex encodes them", () => {
    // The vector that Convex's own sources pin the format with.
    const bytes = new Uint8Array(16).fill(251);
    for (let i = 1; i < 16; i++) bytes[i] = (bytes[i - 1]! * 251) & 0xff;
    const id = "z43zp6c3e75gkmz1kfwj6mbbx5sw281h";
    expect(encodeId({ tableNumber: 1017, internalId: bytes })).toBe(id);
    expect(decodeId(id)).toEqual({ tableNumber: 1017, internalId: bytes });
  });

  test("decode to what they were made of", () => {
    fc.assert(
      fc.property(tableNumber, internalId, (number, bytes) => {
        const internal = Uint8Array.from(bytes);
        const id = encodeId({ tableNumber: number, internalId: internal });
        expect(decodeId(id)).toEqual({ tableNumber: number, internalId: internal });
      }),
    );
  });

  test("with one changed character are refused", () => {
    fc.assert(
      fc.property(tableNumber, internalId, fc.nat(), fc.nat(30), (number, bytes, at, by) => {
        const id = encodeId({ tableNumber: number, internalId: bytes });
        const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
        // The last character may carry padding bits that decoders ignore.
        const i = at % (id.length - 1);
        const other = alphabet[(alphabet.indexOf(id[i]!) + 1 + by) % 32]!;
        expect(tryDecodeId(id.slice(0, i) + other + id.slice(i + 1))).toBeNull();
      }),
    );
  });

  test("that are none are refused with a reason", () => {
    expect(() => decodeId("hello")).toThrow("Unable to decode ID: Invalid ID length 5");
    expect(() => decodeId("u".repeat(31))).toThrow("Unable to decode ID: ID wasn't valid base32");
    expect(() => decodeId("sssswsgggggggggsgcsssfafffsffks")).toThrow("Unable to decode ID");
    fc.assert(fc.property(fc.string(), (text) => tryDecodeId(text) === null));
  });

  test("have a place for any value that they are compared with", () => {
    const someString = fc.oneof(
      fc.string(),
      internalId.map((bytes) => encodeId({ tableNumber: 10001, internalId: bytes })),
    );
    fc.assert(
      fc.property(someString, internalId, fc.boolean(), (text, bytes, strictly) => {
        const bound = keyOf([text]);
        const first = firstInternalIdFrom(10001, bound, strictly);
        const order = compareKeys(
          keyOf([encodeId({ tableNumber: 10001, internalId: bytes })]),
          bound,
        );
        const isReached = strictly ? order > 0 : order >= 0;
        expect(first !== null && compareKeys(bytes, first) >= 0).toBe(isReached);
      }),
    );
  });
});
