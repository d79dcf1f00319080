/**
 * A table per kind of record in an SQLite file: each row an id and a JSON body, with indexes on the
 * fields that are looked up.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";

type Field<T> = Extract<keyof T, string>;

/** One kind of record. Lists come in the order in which the records were first written. */
export class Collection<T extends { id: string }> {
  readonly #db: DatabaseSync;
  readonly #name: string;
  readonly #statements = new Map<string, StatementSync>();

  constructor(
    db: DatabaseSync,
    name: string,
    indexes: { unique?: Field<T>[]; plain?: Field<T>[]; ordered?: [Field<T>, Field<T>][] } = {},
  ) {
    this.#db = db;
    this.#name = name;
    db.exec(`CREATE TABLE IF NOT EXISTS ${name} (id TEXT PRIMARY KEY, body TEXT NOT NULL)`);
    for (const field of indexes.unique ?? []) this.#index("UNIQUE INDEX", field);
    for (const field of indexes.plain ?? []) this.#index("INDEX", field);
    for (const fields of indexes.ordered ?? []) this.#index("INDEX", ...fields);
  }

  get(id: string): T | undefined {
    return this.#rows("WHERE id = ?", id)[0];
  }

  /** The first record whose `field` has this value. */
  find(field: Field<T>, value: string): T | undefined {
    return this.#rows(
      `WHERE json_extract(body, '$.${field}') = ? ORDER BY rowid LIMIT 1`,
      value,
    )[0];
  }

  /** Every record whose `field` has this value. */
  list(field: Field<T>, value: string): T[] {
    return this.#rows(`WHERE json_extract(body, '$.${field}') = ? ORDER BY rowid`, value);
  }

  /** The first `limit` records whose `field` has this value, by another field, smallest first. */
  listFirst(field: Field<T>, value: string, order: Field<T>, limit: number): T[] {
    return this.#rows(
      `WHERE json_extract(body, '$.${field}') = ? ORDER BY json_extract(body, '$.${order}') LIMIT ${limit}`,
      value,
    );
  }

  /** The last `limit` records, newest first; with `contains`, of those whose `field` has that text in it. */
  newest(limit: number, match?: { field: Field<T>; contains: string }): T[] {
    const order = `ORDER BY rowid DESC LIMIT ${limit}`;
    if (!match) return this.#rows(order);
    const found = `instr(lower(json_extract(body, '$.${match.field}')), ?) > 0`;
    return this.#rows(`WHERE ${found} ${order}`, match.contains.toLowerCase());
  }

  all(): T[] {
    return this.#rows("ORDER BY rowid");
  }

  /** Writes the record, new or changed. Throws when a unique field is taken. */
  put(record: T): void {
    this.#prepare(
      `INSERT INTO ${this.#name} (id, body) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
    ).run(record.id, JSON.stringify(record));
  }

  delete(id: string): void {
    this.#prepare(`DELETE FROM ${this.#name} WHERE id = ?`).run(id);
  }

  /** Deletes the oldest records until `count` are left. */
  keepNewest(count: number): void {
    this.#prepare(
      `DELETE FROM ${this.#name} WHERE rowid <= (SELECT rowid FROM ${this.#name} ORDER BY rowid DESC LIMIT 1 OFFSET ?)`,
    ).run(count);
  }

  #rows(clause: string, ...values: string[]): T[] {
    const rows = this.#prepare(`SELECT body FROM ${this.#name} ${clause}`).all(...values);
    return rows.map((row) => JSON.parse(String(row["body"])) as T);
  }

  #index(kind: string, ...fields: string[]): void {
    const columns = fields.map((field) => `json_extract(body, '$.${field}')`).join(", ");
    const name = [this.#name, ...fields].join("_");
    this.#db.exec(`CREATE ${kind} IF NOT EXISTS ${name} ON ${this.#name} (${columns})`);
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
