/**
 * Text search (`withSearchIndex`) on SQLite's FTS5: any of the words, the last one also as the
 * beginning of a word, best match first, newer first among equals.
 *
 * Invariants
 * - For read and write sets a search index has one key per document: its filter fields in order. A
 *   search reads the range of the filters it names, up to the first it leaves out: more than it
 *   needs at times, never less. The documents found are read by id besides.
 * - A document without a string in the search field has a key, but cannot be found.
 */
import { createHash } from "node:crypto";
import { StoreError } from "./errors.ts";
import { afterPrefix, keyOf } from "./keys.ts";
import { valueOf } from "./ranges.ts";
import { fieldAt, type JsonObject } from "./values.ts";
import type { Connection, SearchRow } from "./connection.ts";
import type { IndexInfo, TableInfo } from "./catalog.ts";
import type { KeyRange, SearchFilterJson } from "./types.ts";
import type { JSONValue } from "convex/values";

export const MAX_SEARCH_RESULTS = 1024;
const MAX_TERMS = 16;
const MAX_FILTERS = 8;
/** Longer words are left out, of texts as of searches; in bytes. */
const MAX_WORD_BYTES = 31;
const WORD = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** The words to index, or null if the document has no text. */
export function searchableText(index: IndexInfo, document: JsonObject): string | null {
  const text = fieldAt(document, index.searchPath);
  return typeof text === "string" ? wordsOf(text).join(" ") : null;
}

function wordsOf(text: string): string[] {
  return (text.match(WORD) ?? []).filter((word) => Buffer.byteLength(word) <= MAX_WORD_BYTES);
}

/** The filter fields of a document as words that a search can ask for. */
export function searchScope(index: IndexInfo, document: JsonObject): string {
  return index.paths.map((path, i) => scopeToken(i, fieldAt(document, path))).join(" ");
}

/** The rows that match, and the range that the answer depends on. Throws InvalidQuery. */
export function searchIndex(
  connection: Connection,
  table: TableInfo,
  index: IndexInfo,
  filters: readonly SearchFilterJson[],
): { rows: SearchRow[]; range: KeyRange } {
  const { text, equalities } = parse(`${table.name}.${index.name}`, index, filters);
  const leading: (JSONValue | undefined)[] = [];
  for (const field of index.fields) {
    if (!equalities.has(field)) break;
    leading.push(equalities.get(field));
  }
  const lo = keyOf(leading);
  const range = { lo, hi: afterPrefix(lo) };
  const match = matchExpression(index, text, equalities);
  if (match === null) return { rows: [], range };
  return { rows: connection.searchText(index, match, MAX_SEARCH_RESULTS), range };
}

function parse(label: string, index: IndexInfo, filters: readonly SearchFilterJson[]) {
  let text: string | null = null;
  const equalities = new Map<string, JSONValue | undefined>();
  for (const filter of filters) {
    const field = filter.fieldPath;
    if (filter.type === "Eq") {
      if (!index.fields.includes(field)) {
        throw invalid(
          `Search query against ${label} contains an equality filter on "${field}" but that field isn't indexed for filtering in \`filterFields\`.`,
        );
      }
      equalities.set(field, valueOf(filter));
    } else if (field !== index.searchField) {
      throw invalid(
        `Search query against ${label} contains a search filter against "${field}", which doesn't match the indexed \`searchField\` "${index.searchField}".`,
      );
    } else if (text !== null) {
      throw invalid(
        `Search query against ${label} contains multiple search filters against "${field}". Only one is allowed.`,
      );
    } else {
      text = filter.value;
    }
  }
  const filtered = filters.length - (text === null ? 0 : 1);
  if (filtered > MAX_FILTERS) {
    throw invalid(
      `Search query against ${label} has too many filter conditions. Max: ${MAX_FILTERS} Actual: ${filtered}`,
    );
  }
  if (text === null) {
    throw invalid(
      `Search query against ${label} does not contain any search filters. You must include a search filter like \`q.search("${index.searchField}", searchText)\`.`,
    );
  }
  return { text, equalities };
}

/** In FTS5's language; null if the text has no word to look for. */
function matchExpression(
  index: IndexInfo,
  text: string,
  equalities: ReadonlyMap<string, JSONValue | undefined>,
): string | null {
  const terms = wordsOf(text)
    .slice(0, MAX_TERMS)
    .map((word) => `"${word}"`);
  const last = terms.at(-1);
  if (last === undefined) return null;
  // Besides the word itself, which therefore ranks above words that only begin with it.
  terms.push(`${last} *`);
  const scope = [...equalities].map(
    ([field, value]) => `scope : "${scopeToken(index.fields.indexOf(field), value)}"`,
  );
  return [`text : (${terms.join(" OR ")})`, ...scope].join(" AND ");
}

export function scopeToken(position: number, value: JSONValue | undefined): string {
  return `f${position}x${createHash("sha1")
    .update(keyOf([value]))
    .digest("hex")}`;
}

function invalid(message: string): StoreError {
  return new StoreError("InvalidQuery", message);
}
