import fc from "fast-check";
import { compareValues, convexToJson, type JSONValue, type Value } from "convex/values";
import { describe, expect, test } from "vitest";
import { compileFilter } from "../../../../local/convex/store/filters.ts";
import { value } from "./arbitraries.ts";

const literal = (v: Value) => ({ $literal: convexToJson(v) });
const run = (expression: JSONValue, document: { [field: string]: JSONValue } = {}) =>
  compileFilter(expression)(document);

describe("a filter", () => {
  test("compares as Convex orders values", () => {
    fc.assert(
      fc.property(value, value, (left, right) => {
        const order = compareValues(left, right);
        const document = { left: convexToJson(left) };
        const test = (operator: string) =>
          run({ [operator]: [{ $field: "left" }, literal(right)] }, document);
        expect([
          test("$eq"),
          test("$neq"),
          test("$lt"),
          test("$lte"),
          test("$gt"),
          test("$gte"),
        ]).toEqual([order === 0, order !== 0, order < 0, order <= 0, order > 0, order >= 0]);
      }),
      { numRuns: 1000 },
    );
  });

  test("sees a missing field as undefined, below everything", () => {
    const undefinedLiteral = { $literal: { $undefined: null } };
    expect(run({ $eq: [{ $field: "a.b" }, undefinedLiteral] }, { a: { c: 1 } })).toBe(true);
    expect(run({ $eq: [{ $field: "a.b" }, undefinedLiteral] }, { a: { b: 1 } })).toBe(false);
    expect(run({ $lt: [{ $field: "a" }, literal(null)] })).toBe(true);
    expect(run({ $eq: [{ $field: "toString" }, undefinedLiteral] })).toBe(true);
  });

  test("calculates with numbers and with bigints, not with both", () => {
    const is = (operator: string, l: Value, r: Value, result: Value) =>
      run({ $eq: [{ [operator]: [literal(l), literal(r)] }, literal(result)] });
    expect(is("$add", 1.5, 2, 3.5)).toBe(true);
    expect(is("$div", 7n, 2n, 3n)).toBe(true);
    expect(is("$mod", -7, 3, -1)).toBe(true);
    expect(is("$div", 1, 0, Infinity)).toBe(true);
    expect(() => is("$add", 1, 1n, 2)).toThrow("Cannot add 1.0 (type number) and 1 (type bigint)");
    expect(() => is("$div", 1n, 0n, 0n)).toThrow("Cannot divide 1 by zero");
    expect(() => is("$mul", 2n ** 62n, 4n, 0n)).toThrow("out of range for Int64");
    expect(run({ $eq: [{ $neg: literal(2n) }, literal(-2n)] })).toBe(true);
  });

  test("combines with and, or, not, and takes nothing else for a boolean", () => {
    const [yes, no] = [literal(true), literal(false)];
    expect(run({ $and: [yes, { $not: no }] })).toBe(true);
    expect(run({ $and: [yes, no] })).toBe(false);
    expect(run({ $or: [no, yes] })).toBe(true);
    expect(run({ $and: [] })).toBe(true);
    expect(run({ $or: [] })).toBe(false);
    expect(() => run(literal(1))).toThrow("as a Boolean");
    expect(() => run({ $what: [] })).toThrow("Unknown filter expression");
  });
});
