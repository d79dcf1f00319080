/**
 * One SQLite connection and the statements that the store runs on it; nothing else in the store
 * writes SQL about documents. All calls are synchronous.
 */
import type { IndexInfo, TableInfo } from "./catalog.ts";
import type { KeyRange } from "./types.ts";
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";

/** A document where it was found: `key` is its key in the index that was read. */
export type ScannedRow = { key: Uint8Array; json: string; size: number };
export type StoredDocument = { row: number; json: string; size: number };
export type VectorRow = { row: number; internalId: Uint8Array; bytes: Uint8Array; scope: string };
export type SearchRow = ScannedRow & { score: number };

export class Connection {
  readonly database: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  exec(sql: string): void {
    this.database.exec(sql);
  }

  /** The last commit (ns) and the last creation time (ms). */
  readState(): { ts: bigint; creationTime: number } {
    const statement = this.prepare("SELECT ts, creation_time FROM state");
    statement.setReadBigInts(true);
    const [ts, creationTime] = statement.get() as unknown as [bigint, number];
    return { ts, creationTime };
  }

  writeState(ts: bigint, creationTime: number): void {
    this.prepare("UPDATE state SET ts = ?, creation_time = ?").run(ts, creationTime);
  }

  document(table: TableInfo, internalId: Uint8Array): StoredDocument | null {
    const found = this.prepare("SELECT row, val, size FROM docs WHERE tbl = ? AND id = ?").get(
      table.id,
      internalId,
    ) as unknown as [number, string, number] | undefined;
    return found === undefined ? null : { row: found[0], json: found[1], size: found[2] };
  }

  /** Up to `limit` documents in the order of the index. */
  scan(
    table: TableInfo,
    index: IndexInfo,
    range: KeyRange,
    order: "asc" | "desc",
    limit: number,
  ): ScannedRow[] {
    const direction = order === "asc" ? "ASC" : "DESC";
    const rows =
      index.kind === "id"
        ? this.all(
            `SELECT id, val, size FROM docs INDEXED BY docs_by_id
             WHERE tbl = ? AND id >= ? AND id < ? ORDER BY id ${direction} LIMIT ?`,
            [table.id, range.lo, range.hi, limit],
          )
        : this.all(
            `SELECT i.key, d.val, d.size FROM idx i CROSS JOIN docs d ON d.row = i.row
             WHERE i.index_id = ? AND i.key >= ? AND i.key < ? ORDER BY i.key ${direction} LIMIT ?`,
            [index.id, range.lo, range.hi, limit],
          );
    return (rows as unknown as [Uint8Array, string, number][]).map(([key, json, size]) => ({
      key,
      json,
      size,
    }));
  }

  count(table: TableInfo): number {
    const [count] = this.prepare("SELECT count(*) FROM docs WHERE tbl = ?").get(
      table.id,
    ) as unknown as [number];
    return count;
  }

  insertDocument(table: TableInfo, internalId: Uint8Array, json: string, size: number): number {
    const { lastInsertRowid } = this.prepare(
      "INSERT INTO docs (tbl, id, val, size) VALUES (?, ?, ?, ?)",
    ).run(table.id, internalId, json, size);
    return Number(lastInsertRowid);
  }

  updateDocument(row: number, json: string, size: number): void {
    this.prepare("UPDATE docs SET val = ?, size = ? WHERE row = ?").run(json, size, row);
  }

  deleteDocument(row: number): void {
    this.prepare("DELETE FROM docs WHERE row = ?").run(row);
  }

  insertKey(index: IndexInfo, key: Uint8Array, row: number): void {
    this.prepare("INSERT INTO idx (index_id, key, row) VALUES (?, ?, ?)").run(index.id, key, row);
  }

  deleteKey(index: IndexInfo, key: Uint8Array): void {
    this.prepare("DELETE FROM idx WHERE index_id = ? AND key = ?").run(index.id, key);
  }

  /** Removes up to `limit` keys of a dropped index; false when none are left. */
  deleteSomeKeys(indexId: number, limit: number): boolean {
    const { changes } = this.prepare(
      `DELETE FROM idx WHERE index_id = ?1 AND key IN
         (SELECT key FROM idx WHERE index_id = ?1 ORDER BY key LIMIT ?2)`,
    ).run(indexId, limit);
    return Number(changes) > 0;
  }

  // Full text: `text` is what is searched, `scope` holds one token per filter field, and bm25 gives
  // it no weight. The texts themselves are not kept.
  createTextTable(indexId: number): void {
    this.exec(
      `CREATE VIRTUAL TABLE search_${indexId} USING fts5(
         text, scope, content = '', contentless_delete = 1,
         tokenize = 'unicode61 remove_diacritics 0')`,
    );
  }

  dropTextTable(indexId: number): void {
    this.statements.clear();
    this.exec(`DROP TABLE search_${indexId}`);
  }

  insertText(index: IndexInfo, row: number, text: string, scope: string): void {
    this.prepare(`INSERT INTO search_${index.id} (rowid, text, scope) VALUES (?, ?, ?)`).run(
      row,
      text,
      scope,
    );
  }

  deleteText(index: IndexInfo, row: number): void {
    this.prepare(`DELETE FROM search_${index.id} WHERE rowid = ?`).run(row);
  }

  // Vectors: `id` is the document's, `scope` as for full text.
  createVectorTable(indexId: number): void {
    this.exec(
      `CREATE TABLE vectors_${indexId} (
         row INTEGER PRIMARY KEY, id BLOB NOT NULL, vec BLOB NOT NULL, scope TEXT NOT NULL) STRICT`,
    );
  }

  dropVectorTable(indexId: number): void {
    this.statements.clear();
    this.exec(`DROP TABLE vectors_${indexId}`);
  }

  insertVector(index: IndexInfo, { row, internalId, bytes, scope }: VectorRow): void {
    this.prepare(`INSERT INTO vectors_${index.id} (row, id, vec, scope) VALUES (?, ?, ?, ?)`).run(
      row,
      internalId,
      bytes,
      scope,
    );
  }

  deleteVector(index: IndexInfo, row: number): void {
    this.prepare(`DELETE FROM vectors_${index.id} WHERE row = ?`).run(row);
  }

  /** Up to `limit` vectors after a row, by row. */
  vectors(index: IndexInfo, after: number, limit: number): VectorRow[] {
    const rows = this.all(
      `SELECT row, id, vec, scope FROM vectors_${index.id} WHERE row > ? ORDER BY row LIMIT ?`,
      [after, limit],
    ) as unknown as [number, Uint8Array, Uint8Array, string][];
    return rows.map(([row, internalId, bytes, scope]) => ({ row, internalId, bytes, scope }));
  }

  /** Best first (a lower score is better), newer first among equals; `key` is the internal id. */
  searchText(index: IndexInfo, match: string, limit: number): SearchRow[] {
    const name = `search_${index.id}`;
    const rows = this.all(
      `SELECT d.id, d.val, d.size, f.score
       FROM (SELECT rowid, bm25(${name}, 1.0, 0.0) AS score FROM ${name} WHERE ${name} MATCH ?
             ORDER BY score, rowid DESC LIMIT ?) f
       JOIN docs d ON d.row = f.rowid ORDER BY f.score, f.rowid DESC`,
      [match, limit],
    );
    return (rows as unknown as [Uint8Array, string, number, number][]).map(
      ([key, json, size, score]) => ({ key, json, size, score }),
    );
  }

  /** Rows come back as arrays. */
  prepare(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(sql);
      statement.setReturnArrays(true);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  private all(sql: string, parameters: SQLInputValue[]): unknown[] {
    return this.prepare(sql).all(...parameters);
  }
}
