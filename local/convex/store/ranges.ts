/**
 * The range of an IndexRange source as keys: equalities on the first fields of the index, in any
 * order, then at most one field with a lower and an upper bound. The fields of an index end with
 * _creationTime and _id.
 */
import { StoreError } from "./errors.ts";
import { firstInternalIdFrom } from "./ids.ts";
import { afterPrefix, compareKeys, keyOf, MAX_KEY } from "./keys.ts";
import { kindOf, show, type JsonObject } from "./values.ts";
import type { IndexInfo, TableInfo } from "./catalog.ts";
import type { KeyRange, RangeExpressionJson } from "./types.ts";
import type { JSONValue } from "convex/values";

type Bounds = { field: string; lower?: RangeExpressionJson; upper?: RangeExpressionJson };
type SplitRange = { equalities: Map<string, JSONValue | undefined>; bounds: Bounds | null };

/** Throws InvalidQuery if the range does not follow the index. */
export function compileRange(
  table: TableInfo,
  index: IndexInfo,
  range: readonly RangeExpressionJson[],
): KeyRange {
  const label = `${table.name}.${index.name}`;
  const fields = [...index.fields, "_id"];
  const { equalities, bounds } = split(label, range);
  const used = [...equalities.keys(), ...(bounds === null ? [] : [bounds.field])];
  for (const field of used) {
    if (!fields.includes(field)) {
      throw invalid(
        `The index range included a comparison with "${field}", but ${label} with fields ${JSON.stringify(fields)} doesn't index this field.`,
      );
    }
  }
  if (fields.slice(0, equalities.size).some((field) => !equalities.has(field))) {
    throw outOfOrder(label, fields, used);
  }
  if (bounds !== null && fields[equalities.size] !== bounds.field) {
    throw outOfOrder(label, fields, used);
  }

  const prefixFields = fields.slice(0, equalities.size).filter((field) => field !== "_id");
  const prefix = keyOf(prefixFields.map((field) => equalities.get(field)));
  const edge = keyEdges(table.number, prefix);
  if (equalities.has("_id")) {
    return {
      lo: edge("_id", equalities.get("_id"), false),
      hi: edge("_id", equalities.get("_id"), true),
    };
  }
  let lo = prefix;
  let hi = afterPrefix(prefix);
  if (bounds?.lower !== undefined) {
    lo = edge(bounds.field, valueOf(bounds.lower), bounds.lower.type === "Gt");
  }
  if (bounds?.upper !== undefined) {
    hi = edge(bounds.field, valueOf(bounds.upper), bounds.upper.type === "Lte");
  }
  return compareKeys(lo, hi) < 0 ? { lo, hi } : { lo: hi, hi };
}

/** `$undefined` is how the client library writes an undefined bound. */
export function valueOf(expression: { value: JSONValue }): JSONValue | undefined {
  const { value } = expression;
  return kindOf(value) === "object" && "$undefined" in (value as JsonObject) ? undefined : value;
}

/** Where a value of the next field begins below the prefix (or, if `after`, where it ends). */
function keyEdges(tableNumber: number, prefix: Uint8Array) {
  return (field: string, value: JSONValue | undefined, after: boolean): Uint8Array => {
    if (field === "_id") {
      const internalId = firstInternalIdFrom(tableNumber, keyOf([value]), after);
      if (internalId !== null) return Buffer.concat([prefix, internalId]);
      return prefix.length === 0 ? MAX_KEY : afterPrefix(prefix);
    }
    const key = Buffer.concat([prefix, keyOf([value])]);
    return after ? afterPrefix(key) : key;
  };
}

function split(label: string, range: readonly RangeExpressionJson[]): SplitRange {
  const equalities = new Map<string, JSONValue | undefined>();
  let bounds: Bounds | null = null;
  for (const expression of range) {
    const { type, fieldPath: field } = expression;
    if (type === "Eq") {
      if (equalities.has(field)) throw alreadyDefined("equality", expression);
      equalities.set(field, valueOf(expression));
      continue;
    }
    bounds ??= { field };
    const side = type === "Gt" || type === "Gte" ? "lower" : "upper";
    if (bounds[side] !== undefined) throw alreadyDefined(side, expression);
    if (bounds.field !== field) {
      throw invalid(
        `Upper and lower bounds in \`range\` can only be applied to a single index field. This query against index ${label} attempted to set a range bound on both "${bounds.field}" and "${field}". Consider using \`filter\` instead.`,
      );
    }
    bounds[side] = expression;
  }
  if (bounds !== null && equalities.has(bounds.field)) {
    throw alreadyDefined("inequality", {
      type: "Eq",
      fieldPath: bounds.field,
      value: equalities.get(bounds.field) ?? { $undefined: null },
    });
  }
  return { equalities, bounds };
}

const SIGNS = { Eq: "==", Gt: ">", Gte: ">=", Lt: "<", Lte: "<=" } as const;

function alreadyDefined(kind: string, expression: RangeExpressionJson): StoreError {
  return invalid(
    `Already defined ${kind} bound in index range. Can't add "${expression.fieldPath}" ${SIGNS[expression.type]} ${show(valueOf(expression))}.`,
  );
}

function outOfOrder(label: string, fields: string[], used: string[]): StoreError {
  return invalid(
    `Tried to query index ${label} but the query didn't use the index fields in order. Index fields: ${JSON.stringify(fields)}. Query fields: ${JSON.stringify(used)}.`,
  );
}

function invalid(message: string): StoreError {
  return new StoreError("InvalidQuery", message);
}
