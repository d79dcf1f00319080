/**
 * Convex JSON without turning it into JavaScript values: which kind a value is, how it is shown in
 * errors, and the one form in which documents are stored.
 *
 * Invariants of a stored document: fields in the order of their names at every level (as Convex
 * returns them), valid field names, within every documented limit, no placeholders.
 */
import { base64ToBytes, int64OfJson, int64ToJson } from "./base64.ts";
import { StoreError } from "./errors.ts";
import type { JSONValue } from "convex/values";

export type JsonObject = { [key: string]: JSONValue };
export type Kind =
  "null" | "bigint" | "number" | "boolean" | "string" | "bytes" | "array" | "object";

export const MAX_DOCUMENT_BYTES = 1 << 20;
export const MAX_DOCUMENT_NESTING = 16;
export const MAX_ARRAY_LENGTH = 8192;
export const MAX_OBJECT_FIELDS = 1024;
const MAX_FIELD_NAME_LENGTH = 1024;
/** Of arguments and results; a document may be nested less. */
const MAX_VALUE_NESTING = 64;

/** The kind of a value of Convex JSON. */
export function kindOf(json: JSONValue): Kind {
  if (json === null) return "null";
  if (Array.isArray(json)) return "array";
  if (typeof json !== "object") return typeof json as Kind;
  if (typeof json.$integer === "string") return "bigint";
  if (typeof json.$float === "string") return "number";
  if (typeof json.$bytes === "string") return "bytes";
  return "object";
}

/** The number that a value of kind "number" stands for ($float holds NaN, infinities and -0). */
export function numberOf(json: JSONValue): number {
  if (typeof json === "number") return json;
  const { buffer, byteOffset } = base64ToBytes((json as { $float: string }).$float);
  return new DataView(buffer, byteOffset).getFloat64(0, true);
}

/** The value at a path such as `address.city`, undefined where there is none. */
export function fieldAt(document: JsonObject, path: readonly string[]): JSONValue | undefined {
  let value: JSONValue | undefined = document;
  for (const name of path) {
    if (value === undefined || kindOf(value) !== "object") return undefined;
    const fields: JsonObject = value as JsonObject;
    value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  }
  return value;
}

/** As Convex shows a value in its errors: `{name: "Ada", age: 36.0}`. */
export function show(json: JSONValue | undefined): string {
  if (json === undefined) return "undefined";
  switch (kindOf(json)) {
    case "bigint":
      return int64OfJson(json).toString();
    case "number": {
      const number = numberOf(json);
      return Number.isInteger(number) ? number.toFixed(1) : String(number);
    }
    case "bytes":
      return `bytes(${base64ToBytes((json as { $bytes: string }).$bytes).length})`;
    case "array":
      return `[${(json as JSONValue[]).map(show).join(", ")}]`;
    case "object": {
      const fields = Object.entries(json as JsonObject);
      return `{${fields.map(([name, value]) => `${name}: ${show(value)}`).join(", ")}}`;
    }
    default:
      return JSON.stringify(json);
  }
}

/**
 * The form in which a document is stored, and its size in bytes as Convex counts it. Takes the whole
 * document, system fields included; `commitTs` stands in for db.vars.commitTs.
 * Throws InvalidDocument naming the limit or the rule.
 */
export function canonicalDocument(
  document: JsonObject,
  commitTs: bigint,
): { document: JsonObject; size: number } {
  for (const name of Object.keys(document)) {
    if (name.startsWith("_") && name !== "_id" && name !== "_creationTime") {
      throw invalid(
        `Field '${name}' starts with an underscore, which is only allowed for system fields like '_id'`,
      );
    }
  }
  const tally = { size: 0, commitTs };
  const stored = canonicalObject(document, 1, tally);
  if (tally.size > MAX_DOCUMENT_BYTES) {
    const mebibytes = (tally.size / MAX_DOCUMENT_BYTES).toFixed(2);
    throw invalid(`Value is too large (${mebibytes} MiB > maximum size 1 MiB)`);
  }
  return { document: stored, size: tally.size };
}

/**
 * Why a value cannot be an argument or a result of a function, or null if it can: the limits of every
 * Convex value, also of one that is never stored.
 */
export function limitExceeded(json: JSONValue, depth = 1): string | null {
  if (typeof json !== "object" || json === null) return null;
  if (depth > MAX_VALUE_NESTING) {
    return `Value is too nested (maximum nesting ${MAX_VALUE_NESTING})`;
  }
  const members = Array.isArray(json) ? json : Object.values(json);
  if (Array.isArray(json) && members.length > MAX_ARRAY_LENGTH) return tooLong(members.length);
  if (!Array.isArray(json) && members.length > MAX_OBJECT_FIELDS) return tooWide(members.length);
  for (const member of members) {
    const reason = limitExceeded(member, depth + 1);
    if (reason !== null) return reason;
  }
  return null;
}

function tooLong(length: number): string {
  return `Array length is too long (${length} > maximum length ${MAX_ARRAY_LENGTH})`;
}

function tooWide(fields: number): string {
  return `Object has too many fields (${fields} > maximum number ${MAX_OBJECT_FIELDS})`;
}

/** The value with `commitTs` wherever it holds the placeholder db.vars.commitTs. */
export function withCommitTs(json: JSONValue, commitTs: bigint): JSONValue {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map((element) => withCommitTs(element, commitTs));
  if (json.$commitTs === null) return int64ToJson(commitTs);
  const fields = Object.entries(json).map(([name, value]) => [name, withCommitTs(value, commitTs)]);
  return Object.fromEntries(fields) as JsonObject;
}

type Tally = { size: number; readonly commitTs: bigint };

function canonical(json: JSONValue, depth: number, tally: Tally): JSONValue {
  if (json === null || typeof json === "boolean") {
    tally.size += 1;
    return json;
  }
  if (typeof json === "number") {
    tally.size += 9;
    return json;
  }
  if (typeof json === "string") {
    tally.size += 2 + Buffer.byteLength(json);
    return json;
  }
  if (Array.isArray(json)) {
    checkDepth(depth);
    if (json.length > MAX_ARRAY_LENGTH) throw invalid(tooLong(json.length));
    tally.size += 2;
    return json.map((element) => canonical(element, depth + 1, tally));
  }
  switch (kindOf(json)) {
    case "bigint":
    case "number":
      tally.size += 9;
      return json;
    case "bytes":
      tally.size += 2 + base64ToBytes((json as { $bytes: string }).$bytes).length;
      return json;
    default:
      if (json.$commitTs === null) {
        tally.size += 9;
        return int64ToJson(tally.commitTs);
      }
      return canonicalObject(json, depth, tally);
  }
}

function canonicalObject(object: JsonObject, depth: number, tally: Tally): JsonObject {
  checkDepth(depth);
  const names = Object.keys(object);
  if (names.length > MAX_OBJECT_FIELDS) throw invalid(tooWide(names.length));
  tally.size += 2;
  const fields: [string, JSONValue][] = [];
  for (const name of names.sort()) {
    checkFieldName(name);
    tally.size += name.length + 1;
    fields.push([name, canonical(object[name] as JSONValue, depth + 1, tally)]);
  }
  return Object.fromEntries(fields);
}

function checkDepth(depth: number): void {
  if (depth > MAX_DOCUMENT_NESTING) {
    throw invalid(
      `Document is too nested (nested ${depth} levels deep > maximum nesting ${MAX_DOCUMENT_NESTING})`,
    );
  }
}

function checkFieldName(name: string): void {
  if (name.startsWith("$")) {
    throw invalid(`Field name ${name} starts with '$', which is reserved.`);
  }
  // Printable ASCII only.
  if (!/^[\x20-\x7e]*$/.test(name)) {
    throw invalid(
      `Field name ${name} has an invalid character: Field names can only contain non-control ASCII characters`,
    );
  }
  if (name.length > MAX_FIELD_NAME_LENGTH) {
    throw invalid(`Field name is too long (${name.length} > maximum ${MAX_FIELD_NAME_LENGTH})`);
  }
}

function invalid(message: string): StoreError {
  return new StoreError("InvalidDocument", message);
}
