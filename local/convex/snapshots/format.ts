/**
 * Documents as lines of a snapshot: JSON in which integers without a point are int64 and all other
 * numbers are floats, as `npx convex export` writes them; bytes, NaN and infinities stay Convex JSON.
 */
import { convexToJson, type JSONValue } from "convex/values";
import { int64OfJson, int64ToJson } from "../store/base64.ts";
import { kindOf, numberOf, type JsonObject } from "../store/values.ts";

/** One line, without its end. */
export function toLine(json: JSONValue): string {
  switch (kindOf(json)) {
    case "bigint":
      return int64OfJson(json).toString();
    case "number":
      return numberText(json);
    case "array":
      return `[${(json as JSONValue[]).map(toLine).join(",")}]`;
    case "object": {
      const fields = Object.entries(json as JsonObject);
      return `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${toLine(value)}`).join(",")}}`;
    }
    default:
      return JSON.stringify(json);
  }
}

/**
 * @param typed whether integers without a point are int64, or every number a float.
 * @throws SyntaxError
 */
export function fromLine(line: string, typed: boolean): JSONValue {
  const revive = (_key: string, value: JSONValue, { source }: { source: string }) => {
    if (typeof value !== "number") return value;
    if (typed && /^-?\d+$/.test(source)) return int64(source, value);
    return Object.is(value, -0) ? convexToJson(-0) : value;
  };
  return (JSON.parse as (text: string, reviver: typeof revive) => JSONValue)(line, revive);
}

function int64(source: string, value: number): JSONValue {
  const exact = BigInt(source);
  return BigInt.asIntN(64, exact) === exact ? int64ToJson(exact) : value;
}

function numberText(json: JSONValue): string {
  const number = numberOf(json);
  if (!Number.isFinite(number)) return JSON.stringify(json);
  const text = Object.is(number, -0) ? "-0" : String(number);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
