/**
 * Checks Convex JSON against the validators that convex/values exports as JSON. The errors are worded
 * as Convex words them, with the path to the offending value, so that what a developer reads here is
 * what production will say.
 */
import { compareJson } from "./keys.ts";
import { kindOf, show, type JsonObject } from "./values.ts";
import type { FieldValidatorJson, ValidatorJson } from "./types.ts";
import type { JSONValue } from "convex/values";

/** The table whose number an id carries, or null if the string is no id of a known table. */
export type TableOfId = (id: string) => string | null;

/** Why `value` does not fit, or null if it does. `tableOfId` answers for the component at hand. */
export function validationError(
  validator: ValidatorJson,
  value: JSONValue,
  tableOfId: TableOfId,
): string | null {
  const mismatch = check(validator, value, tableOfId);
  if (mismatch === null) return null;
  return mismatch.describe(mismatch.path === "" ? "" : `Path: ${mismatch.path}`);
}

/** As a developer would write it: `v.object({name: v.string()})`. */
export function showValidator(validator: ValidatorJson): string {
  switch (validator.type) {
    case "number":
      return "v.float64()";
    case "bigint":
      return "v.int64()";
    case "literal":
      return `v.literal(${show(validator.value)})`;
    case "id":
      return `v.id("${validator.tableName}")`;
    case "array":
      return `v.array(${showValidator(validator.value)})`;
    case "record":
      return `v.record(${showValidator(validator.keys)}, ${showValidator(validator.values.fieldType)})`;
    case "object": {
      const fields = Object.entries(validator.value).map(
        ([name, field]) => `${name}: ${showField(field)}`,
      );
      return `v.object({${fields.join(", ")}})`;
    }
    case "union":
      return `v.union(${validator.value.map(showValidator).join(", ")})`;
    default:
      return `v.${validator.type}()`;
  }
}

function showField({ fieldType, optional }: FieldValidatorJson): string {
  return optional ? `v.optional(${showValidator(fieldType)})` : showValidator(fieldType);
}

/** Worded only when it is reported: the members of a union fail silently, and often. */
type Mismatch = { path: string; describe: (path: string) => string };

function check(validator: ValidatorJson, value: JSONValue, tableOfId: TableOfId): Mismatch | null {
  switch (validator.type) {
    case "any":
      return null;
    case "commitTs":
      return kindOf(value) === "bigint" ? null : noMatch(validator, value);
    case "literal":
      return compareJson(value, validator.value) === 0
        ? null
        : mismatched(
            (path) =>
              `\`${show(value)}\` does not match literal validator \`${showValidator(validator)}\`.${path}`,
          );
    case "id":
      return typeof value === "string"
        ? checkId(validator, value, tableOfId)
        : noMatch(validator, value);
    case "array":
      return kindOf(value) === "array"
        ? firstMismatch(value as JSONValue[], (element, i) =>
            within(`[${i}]`, check(validator.value, element, tableOfId)),
          )
        : noMatch(validator, value);
    case "record":
      return kindOf(value) === "object"
        ? firstMismatch(
            Object.entries(value as JsonObject),
            ([key, entry]) =>
              within(".keys()", check(validator.keys, key, tableOfId)) ??
              within(".values()", check(validator.values.fieldType, entry, tableOfId)),
          )
        : noMatch(validator, value);
    case "object":
      return kindOf(value) === "object"
        ? checkObject(validator, value as JsonObject, tableOfId)
        : noMatch(validator, value);
    case "union": {
      const [only, ...others] = validator.value;
      if (only !== undefined && others.length === 0) return check(only, value, tableOfId);
      return validator.value.some((member) => check(member, value, tableOfId) === null)
        ? null
        : noMatch(validator, value);
    }
    default:
      return kindOf(value) === validator.type ? null : noMatch(validator, value);
  }
}

function checkId(
  validator: { type: "id"; tableName: string },
  id: string,
  tableOfId: TableOfId,
): Mismatch | null {
  const table = tableOfId(id);
  if (table === validator.tableName) return null;
  if (table === null) return noMatch(validator, id);
  const origin = table.startsWith("_") ? "a system table" : `table \`${table}\``;
  return mismatched(
    (path) =>
      `Found ID "${id}" from ${origin}, which does not match the table name in validator \`${showValidator(validator)}\`.${path}`,
  );
}

function checkObject(
  validator: Extract<ValidatorJson, { type: "object" }>,
  object: JsonObject,
  tableOfId: TableOfId,
): Mismatch | null {
  const about = (reason: string) =>
    mismatched(
      (path) =>
        `${reason}\n${path}\nObject: ${show(object)}\nValidator: ${showValidator(validator)}`,
    );
  const fields = Object.entries(validator.value);
  return (
    firstMismatch(fields, ([name, { fieldType, optional }]) => {
      const value = Object.hasOwn(object, name) ? object[name] : undefined;
      if (value !== undefined) return within(`.${name}`, check(fieldType, value, tableOfId));
      if (optional) return null;
      return about(
        `Object is missing the required field \`${name}\`. Consider wrapping the field validator in \`v.optional(...)\` if this is expected.`,
      );
    }) ??
    firstMismatch(Object.keys(object), (name) =>
      Object.hasOwn(validator.value, name)
        ? null
        : about(`Object contains extra field \`${name}\` that is not in the validator.`),
    )
  );
}

function noMatch(validator: ValidatorJson, value: JSONValue): Mismatch {
  return mismatched(
    (path) =>
      `Value does not match validator.\n${path}\nValue: ${show(value)}\nValidator: ${showValidator(validator)}`,
  );
}

function mismatched(describe: (path: string) => string): Mismatch {
  return { path: "", describe };
}

function within(step: string, mismatch: Mismatch | null): Mismatch | null {
  return mismatch === null ? null : { ...mismatch, path: step + mismatch.path };
}

function firstMismatch<T>(
  items: readonly T[],
  test: (item: T, index: number) => Mismatch | null,
): Mismatch | null {
  for (const [index, item] of items.entries()) {
    const mismatch = test(item, index);
    if (mismatch !== null) return mismatch;
  }
  return null;
}
