/**
 * The filter expressions of convex/server (`q.eq(q.field("a"), 1)` as JSON), compiled once per query
 * into a function over documents. A missing field is undefined and compares below everything.
 */
import { int64OfJson, int64ToJson } from "./base64.ts";
import { StoreError } from "./errors.ts";
import { compareJson } from "./keys.ts";
import { fieldAt, kindOf, numberOf, show, type JsonObject } from "./values.ts";
import { convexToJson, type JSONValue } from "convex/values";

type Operand = (document: JsonObject) => JSONValue | undefined;

const COMPARISONS: { [operator: string]: (order: number) => boolean } = {
  $eq: (order) => order === 0,
  $neq: (order) => order !== 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
};

type Arithmetic = {
  verb: string;
  ints: (left: bigint, right: bigint) => bigint;
  floats: (left: number, right: number) => number;
};
const ARITHMETIC: { [operator: string]: Arithmetic } = {
  $add: { verb: "add", ints: (l, r) => l + r, floats: (l, r) => l + r },
  $sub: { verb: "subtract", ints: (l, r) => l - r, floats: (l, r) => l - r },
  $mul: { verb: "multiply", ints: (l, r) => l * r, floats: (l, r) => l * r },
  $div: { verb: "divide", ints: (l, r) => l / r, floats: (l, r) => l / r },
  $mod: { verb: "mod", ints: (l, r) => l % r, floats: (l, r) => l % r },
};

/** The predicate of a `{filter}` operator. Throws InvalidQuery on an expression it does not know. */
export function compileFilter(expression: JSONValue): (document: JsonObject) => boolean {
  return compileBoolean(expression);
}

function compileBoolean(expression: JSONValue): (document: JsonObject) => boolean {
  const operand = compile(expression);
  return (document) => {
    const value = operand(document);
    if (typeof value === "boolean") return value;
    throw evalError(`Cannot use value ${typed(value)} as a Boolean`);
  };
}

function compile(expression: JSONValue): Operand {
  const [[operator, body] = ["", null]] = Object.entries(expression as JsonObject);
  if (operator === "$literal") {
    const missing = kindOf(body) === "object" && "$undefined" in (body as JsonObject);
    return () => (missing ? undefined : body);
  }
  if (operator === "$field") {
    const path = (body as string).split(".");
    return (document) => fieldAt(document, path);
  }
  const test = COMPARISONS[operator];
  if (test !== undefined) {
    const [left, right] = compilePair(body);
    return (document) => test(compareJson(left(document), right(document)));
  }
  const arithmetic = ARITHMETIC[operator];
  if (arithmetic !== undefined) {
    const [left, right] = compilePair(body);
    return (document) => calculate(arithmetic, left(document), right(document));
  }
  if (operator === "$and" || operator === "$or") {
    const operands = (body as JSONValue[]).map(compileBoolean);
    return operator === "$and"
      ? (document) => operands.every((operand) => operand(document))
      : (document) => operands.some((operand) => operand(document));
  }
  if (operator === "$not") {
    const operand = compileBoolean(body);
    return (document) => !operand(document);
  }
  if (operator === "$neg") {
    const operand = compile(body);
    return (document) => negate(operand(document));
  }
  throw new StoreError("InvalidQuery", `Unknown filter expression ${JSON.stringify(expression)}.`);
}

function compilePair(body: JSONValue): [Operand, Operand] {
  const [left, right] = body as [JSONValue, JSONValue];
  return [compile(left), compile(right)];
}

function calculate(
  { verb, ints, floats }: Arithmetic,
  left: JSONValue | undefined,
  right: JSONValue | undefined,
): JSONValue {
  const kinds = [left, right].map((value) => (value === undefined ? "undefined" : kindOf(value)));
  if (kinds[0] === "number" && kinds[1] === "number") {
    return convexToJson(floats(numberOf(left as JSONValue), numberOf(right as JSONValue)));
  }
  if (kinds[0] === "bigint" && kinds[1] === "bigint") {
    const [l, r] = [int64OfJson(left as JSONValue), int64OfJson(right as JSONValue)];
    if (r === 0n && (verb === "divide" || verb === "mod")) {
      throw evalError(`Cannot ${verb} ${l} by zero`);
    }
    const result = ints(l, r);
    if (BigInt.asIntN(64, result) !== result) {
      throw evalError(`Cannot ${verb} ${l} and ${r}: the result is out of range for Int64`);
    }
    return int64ToJson(result);
  }
  throw evalError(`Cannot ${verb} ${typed(left)} and ${typed(right)}`);
}

function negate(value: JSONValue | undefined): JSONValue {
  const kind = value === undefined ? "undefined" : kindOf(value);
  if (kind === "number") return convexToJson(-numberOf(value as JSONValue));
  if (kind === "bigint") {
    const result = -int64OfJson(value as JSONValue);
    if (BigInt.asIntN(64, result) === result) return int64ToJson(result);
    throw evalError(`Cannot negate ${-result}: the result is out of range for Int64`);
  }
  throw evalError(`Cannot negate ${typed(value)}`);
}

function typed(value: JSONValue | undefined): string {
  return `${show(value)} (type ${value === undefined ? "undefined" : kindOf(value)})`;
}

function evalError(message: string): StoreError {
  return new StoreError("InvalidQuery", message);
}
