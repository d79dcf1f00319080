/** Keeps the indexes of a table in step with its documents, and says which keys that touched. */
import { keyOf } from "./keys.ts";
import { searchableText, searchScope } from "./search.ts";
import { vectorOf } from "./vectors.ts";
import { fieldAt, type JsonObject } from "./values.ts";
import type { IndexInfo, TableInfo } from "./catalog.ts";
import type { Connection } from "./connection.ts";

/** One state of a document: where it is stored and what it holds. */
export type IndexedDocument = { row: number; internalId: Uint8Array; document: JsonObject };

/** The key that a document has in an index, in storage as in read and write sets. */
export function indexKey(index: IndexInfo, { internalId, document }: IndexedDocument): Uint8Array {
  if (index.kind === "id") return internalId;
  const values = index.paths.map((path) => fieldAt(document, path));
  return index.kind === "search" ? keyOf(values) : keyOf(values, internalId);
}

/**
 * Writes what changes from `before` to `after` (null: the document is not there) into all indexes,
 * and calls `touched` with every old and new key.
 */
export function reindex(
  connection: Connection,
  table: TableInfo,
  before: IndexedDocument | null,
  after: IndexedDocument | null,
  touched: (index: IndexInfo, key: Uint8Array) => void,
): void {
  for (const index of table.indexes.values()) {
    if (index.kind === "vector") {
      reindexVector(connection, index, before, after);
      continue;
    }
    const oldKey = before === null ? null : indexKey(index, before);
    const newKey = after === null ? null : indexKey(index, after);
    const moved = oldKey === null || newKey === null || Buffer.compare(oldKey, newKey) !== 0;
    if (oldKey !== null) touched(index, oldKey);
    if (newKey !== null && moved) touched(index, newKey);
    if (index.kind === "search") {
      reindexText(connection, index, before, after);
    } else if (index.kind === "fields" && moved) {
      if (oldKey !== null) connection.deleteKey(index, oldKey);
      if (newKey !== null && after !== null) connection.insertKey(index, newKey, after.row);
    }
  }
}

/** Puts an existing document into a new index. */
export function addToIndex(
  connection: Connection,
  index: IndexInfo,
  document: IndexedDocument,
): void {
  if (index.kind === "search") reindexText(connection, index, null, document);
  else if (index.kind === "vector") reindexVector(connection, index, null, document);
  else connection.insertKey(index, indexKey(index, document), document.row);
}

function reindexVector(
  connection: Connection,
  index: IndexInfo,
  before: IndexedDocument | null,
  after: IndexedDocument | null,
): void {
  const [old, now] = [before, after].map((state) => {
    const bytes = state === null ? null : vectorOf(index, state.document);
    if (state === null || bytes === null) return null;
    const { row, internalId } = state;
    return { row, internalId, bytes, scope: searchScope(index, state.document) };
  });
  if (old && now && old.scope === now.scope && Buffer.compare(old.bytes, now.bytes) === 0) return;
  if (old) connection.deleteVector(index, old.row);
  if (now) connection.insertVector(index, now);
}

function reindexText(
  connection: Connection,
  index: IndexInfo,
  before: IndexedDocument | null,
  after: IndexedDocument | null,
): void {
  const [old, now] = [before, after].map((state) => {
    const text = state === null ? null : searchableText(index, state.document);
    if (state === null || text === null) return null;
    return { row: state.row, text, scope: searchScope(index, state.document) };
  });
  if (old?.text === now?.text && old?.scope === now?.scope) return;
  if (old) connection.deleteText(index, old.row);
  if (now) connection.insertText(index, now.row, now.text, now.scope);
}
