/** Random Convex values, with many equal and nearly equal ones among them. */
import fc from "fast-check";
import type { Value } from "convex/values";

const INTERESTING_NUMBERS = [0, -0, 1, -1, 0.5, NaN, Infinity, -Infinity, 5e-324, 2 ** 53];
const INTERESTING_STRINGS = [
  "",
  "\0",
  "\x01",
  "\x02",
  "a",
  "a\0",
  "a\x01",
  "a\x02",
  "ab",
  "b",
  "é",
  "😀",
  "\uffff",
];

export const primitive: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n)),
  fc.double(),
  fc.constantFrom(...INTERESTING_NUMBERS),
  fc.boolean(),
  fc.string({ unit: "binary" }),
  fc.constantFrom(...INTERESTING_STRINGS),
  fc.uint8Array({ maxLength: 6, max: 3 }).map((bytes) => Uint8Array.from(bytes).buffer),
);

const fieldName = fc.constantFrom("a", "b", "ab", "B", "field", "x y");

export const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthIdentifier: "value" },
    primitive,
    fc.array(tie("value"), { maxLength: 4, depthIdentifier: "value" }),
    fc.dictionary(fieldName, tie("value"), {
      maxKeys: 3,
      depthIdentifier: "value",
      noNullPrototype: true,
    }),
  ),
})).value;
