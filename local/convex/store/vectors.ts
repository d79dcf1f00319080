/**
 * Vector search (`ctx.vectorSearch`): the documents whose vectors point most nearly where the given one
 * does. Every vector of the index is looked at, so the answer is exact; a scan of 100,000 vectors of
 * 256 numbers takes about 0.1 s, with turns for the event loop.
 *
 * Invariants
 * - A document is found only if it has a list of exactly `dimensions` numbers in the vector's field.
 * - Vectors are kept as 32-bit floats of length 1, so the cosine is a sum of products.
 */
import { StoreError } from "./errors.ts";
import { compareKeys } from "./keys.ts";
import { scopeToken } from "./search.ts";
import { breathe } from "./turns.ts";
import { fieldAt, kindOf, numberOf, type JsonObject } from "./values.ts";
import type { IndexInfo } from "./catalog.ts";
import type { Connection } from "./connection.ts";
import type { JSONValue } from "convex/values";

/** The `query` of the syscall 1.0/actions/vectorSearch. */
export type VectorQueryJson = {
  indexName: string;
  vector: number[];
  limit?: number | null;
  /** Equalities, of which one must hold. */
  expressions: JSONValue;
};
export type VectorMatch = { internalId: Uint8Array; score: number };

const DEFAULT_RESULTS = 10;
const MAX_RESULTS = 256;
const MAX_CONDITIONS = 64;
const CHUNK = 1000;

/** The vector of a document as it is kept, or null if it has none. */
export function vectorOf(index: IndexInfo, document: JsonObject): Uint8Array | null {
  const found = fieldAt(document, index.searchPath);
  if (!Array.isArray(found) || found.length !== index.dimensions) return null;
  if (!found.every((number) => kindOf(number) === "number")) return null;
  return bytesOf(unit(found.map(numberOf)));
}

/** The nearest documents first; equals by their ids. Throws InvalidQuery. */
export async function nearest(
  connection: Connection,
  index: IndexInfo,
  query: VectorQueryJson,
): Promise<VectorMatch[]> {
  const { limit, vector, expressions } = query;
  const wanted = limit ?? DEFAULT_RESULTS;
  if (!(wanted >= 1 && wanted <= MAX_RESULTS)) {
    throw invalid(`Vector queries can fetch at most ${MAX_RESULTS} results, requested ${wanted}.`);
  }
  if (vector.length !== index.dimensions) {
    throw invalid(
      `Expected a vector with dimensions ${index.dimensions}, received ${vector.length}.`,
    );
  }
  const tokens = conditions(query.indexName, index, expressions);
  const target = unit(vector.map(numberOf));
  let best: VectorMatch[] = [];
  let after = 0;
  for (;;) {
    const rows = connection.vectors(index, after, CHUNK);
    for (const { row, internalId, bytes, scope } of rows) {
      after = row;
      if (tokens !== null && !tokens.some((token) => scope.includes(token))) continue;
      best.push({ internalId, score: product(target, floatsOf(bytes)) });
    }
    best = best.sort(byScore).slice(0, wanted);
    if (rows.length < CHUNK) return best;
    await breathe();
  }
}

function byScore(a: VectorMatch, b: VectorMatch): number {
  return b.score - a.score || compareKeys(a.internalId, b.internalId);
}

/** Words of the scope, one of which must be there; null when there is no filter. */
function conditions(label: string, index: IndexInfo, filter: JSONValue): string[] | null {
  if (filter === null) return null;
  const found = [...equalities(filter)].map(([field, value]) => {
    const position = index.fields.indexOf(field);
    if (position >= 0) return scopeToken(position, value);
    throw invalid(
      `Vector query against ${label} contains a filter on "${field}" but that field isn't indexed for filtering in \`filterFields\`.`,
    );
  });
  if (found.length <= MAX_CONDITIONS) return found;
  throw invalid(
    `Vector query against ${label} has too many conditions. Max: ${MAX_CONDITIONS} Actual: ${found.length}`,
  );
}

function* equalities(filter: JSONValue): Generator<[string, JSONValue | undefined]> {
  const [[operator, body] = ["", null]] = Object.entries(filter as JsonObject);
  if (operator === "$or") {
    for (const inner of body as JSONValue[]) yield* equalities(inner);
    return;
  }
  if (operator !== "$eq") {
    throw invalid("Filters should be a combination of `q.eq` and `q.or`.");
  }
  const [left, right] = body as [JsonObject, JsonObject];
  const literal = right.$literal;
  const missing = kindOf(literal ?? null) === "object" && "$undefined" in (literal as JsonObject);
  yield [String(left.$field), missing ? undefined : literal];
}

function unit(numbers: readonly number[]): Float32Array {
  const length = Math.sqrt(numbers.reduce((sum, number) => sum + number * number, 0));
  return Float32Array.from(numbers, (number) => (length === 0 ? 0 : number / length));
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

function bytesOf({ buffer }: Float32Array): Uint8Array {
  return new Uint8Array(buffer);
}

function floatsOf(bytes: Uint8Array): Float32Array {
  const { buffer, byteOffset, length } = bytes;
  return byteOffset % 4 === 0
    ? new Float32Array(buffer, byteOffset, length / 4)
    : new Float32Array(Uint8Array.from(bytes).buffer);
}

function invalid(message: string): StoreError {
  return new StoreError("InvalidQuery", message);
}
