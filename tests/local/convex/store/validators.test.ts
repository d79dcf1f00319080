import { v, type GenericValidator, type JSONValue } from "convex/values";
import { describe, expect, test } from "vitest";
import { showValidator, validationError } from "../../../../local/convex/store/validators.ts";
import type { ValidatorJson } from "../../../../local/convex/store/types.ts";

const tables: { [id: string]: string } = { id_of_user: "users", id_of_file: "_storage" };
const exported = (validator: GenericValidator) =>
  (validator as unknown as { json: ValidatorJson }).json;
const errorOf = (validator: GenericValidator, value: JSONValue) =>
  validationError(exported(validator), value, (id) => tables[id] ?? null);

describe("a validator", () => {
  const int64 = { $integer: "AQAAAAAAAAA=" };
  test.each<[string, GenericValidator, JSONValue[], JSONValue[]]>([
    ["any", v.any(), [null, 1, "x", [], {}], []],
    ["null", v.null(), [null], [0, "", false]],
    ["number", v.number(), [0, -1.5, { $float: "AAAAAAAA+H8=" }], [int64, "1", null]],
    ["bigint", v.int64(), [int64], [1, "1"]],
    ["boolean", v.boolean(), [true, false], [0, null]],
    ["string", v.string(), ["", "x"], [1, null, {}]],
    ["bytes", v.bytes(), [{ $bytes: "AAA=" }], ["AAA=", []]],
    ["literal", v.literal("open"), ["open"], ["closed", 1, null]],
    ["bigint literal", v.literal(1n), [int64], [1]],
    ["id", v.id("users"), ["id_of_user"], ["id_of_file", "anything", 1]],
    ["array", v.array(v.number()), [[], [1, 2]], [["1"], {}, null]],
    ["record", v.record(v.string(), v.number()), [{}, { a: 1 }], [{ a: "1" }, []]],
    ["record by id", v.record(v.id("users"), v.any()), [{ id_of_user: 1 }], [{ other: 1 }]],
    ["object", v.object({ a: v.number() }), [{ a: 1 }], [{}, { a: 1, b: 2 }, { a: null }, []]],
    ["optional", v.object({ a: v.optional(v.number()) }), [{}, { a: 1 }], [{ a: null }]],
    ["union", v.union(v.number(), v.null()), [1, null], ["x"]],
    ["empty union", v.union(), [], [1, null]],
  ])("of kind %s takes what it should and nothing else", (_, validator, good, bad) => {
    for (const value of good) expect(errorOf(validator, value)).toBeNull();
    for (const value of bad) expect(errorOf(validator, value)).not.toBeNull();
  });

  test("says where and why a value does not fit", () => {
    const list = v.object({
      people: v.array(v.object({ name: v.string(), age: v.optional(v.number()) })),
    });
    expect(errorOf(list, { people: [{ name: "Ada" }, { name: 1 }] })).toBe(
      "Value does not match validator.\nPath: .people[1].name\nValue: 1.0\nValidator: v.string()",
    );
    expect(errorOf(list, { people: [{}] })).toBe(
      "Object is missing the required field `name`. Consider wrapping the field validator in `v.optional(...)` if this is expected.\n" +
        "Path: .people[0]\nObject: {}\nValidator: v.object({name: v.string(), age: v.optional(v.float64())})",
    );
    expect(errorOf(list, { people: [], more: true })).toBe(
      "Object contains extra field `more` that is not in the validator.\n" +
        "\nObject: {people: [], more: true}\n" +
        "Validator: v.object({people: v.array(v.object({name: v.string(), age: v.optional(v.float64())}))})",
    );
    expect(errorOf(v.array(v.id("users")), ["id_of_file"])).toContain(
      'Found ID "id_of_file" from a system table',
    );
  });

  test("of a union with one member says what that member says", () => {
    expect(errorOf(v.union(v.object({ a: v.number() })), { a: "x" })).toContain("Path: .a");
  });

  test("is shown as a developer writes it", () => {
    const validator = v.union(
      v.literal("x"),
      v.record(v.string(), v.bytes()),
      v.id("users"),
      v.int64(),
    );
    expect(showValidator(exported(validator))).toBe(
      'v.union(v.literal("x"), v.record(v.string(), v.bytes()), v.id("users"), v.int64())',
    );
  });
});
