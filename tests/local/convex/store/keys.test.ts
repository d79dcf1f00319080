import fc from "fast-check";
import { compareValues, convexToJson, type Value } from "convex/values";
import { describe, expect, test } from "vitest";
import {
  afterKey,
  afterPrefix,
  compareJson,
  compareKeys,
  keyOf,
  MAX_KEY,
} from "../../../../local/convex/store/keys.ts";
import { primitive, value } from "./arbitraries.ts";

const field: fc.Arbitrary<Value | undefined> = fc.oneof(value, fc.constant(undefined));
const order = (a: Value | undefined, b: Value | undefined) => Math.sign(compareValues(a, b));
const json = (v: Value | undefined) => (v === undefined ? undefined : convexToJson(v));
const key = (...values: (Value | undefined)[]) => keyOf(values.map(json));

describe("keys", () => {
  test("order as Convex orders values", () => {
    fc.assert(
      fc.property(field, field, (a, b) => {
        expect(compareKeys(key(a), key(b))).toBe(order(a, b));
        expect(compareJson(json(a), json(b))).toBe(order(a, b));
      }),
      { numRuns: 5000 },
    );
  });

  test("order as Convex orders values of one kind that differ little", () => {
    fc.assert(
      fc.property(primitive, primitive, (a, b) => {
        expect(compareKeys(key([a, b]), key([b, a]))).toBe(order([a, b], [b, a]));
      }),
      { numRuns: 3000 },
    );
  });

  test("of several fields order by the first that differs", () => {
    fc.assert(
      fc.property(field, field, field, field, (a, b, c, d) => {
        expect(compareKeys(key(a, b), key(c, d))).toBe(order(a, c) || order(b, d));
      }),
      { numRuns: 3000 },
    );
  });

  test("that begin with a prefix are exactly those up to afterPrefix", () => {
    fc.assert(
      fc.property(field, field, field, (a, b, c) => {
        const [lo, hi, other] = [key(a), afterPrefix(key(a)), key(b, c)];
        const isInside = compareKeys(lo, other) <= 0 && compareKeys(other, hi) < 0;
        expect(isInside).toBe(order(a, b) === 0);
      }),
      { numRuns: 3000 },
    );
  });

  test("have nothing between themselves and afterKey, and MAX_KEY above them", () => {
    fc.assert(
      fc.property(field, field, (a, b) => {
        expect(compareKeys(key(a), afterKey(key(a)))).toBe(-1);
        if (order(a, b) < 0) expect(compareKeys(afterKey(key(a)), key(b))).toBe(-1);
        expect(compareKeys(key(a, b), MAX_KEY)).toBe(-1);
      }),
    );
  });
});
