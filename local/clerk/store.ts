/**
 * Everything the local Clerk must remember, in one SQLite file: a table per kind of record, each row
 * an id and a JSON body, with indexes on the fields that are looked up. A transaction either happens
 * whole or not at all, also when the process is killed in the middle of it.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { StatementSync } from "node:sqlite";
import type {
  ClientRecord,
  DeliveryRecord,
  InvitationRecord,
  MailRecord,
  SessionRecord,
  SignInRecord,
  SignUpRecord,
  UserRecord,
} from "./records.ts";

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

export class Store {
  readonly #db: DatabaseSync;
  readonly users: Collection<UserRecord>;
  readonly clients: Collection<ClientRecord>;
  readonly sessions: Collection<SessionRecord>;
  readonly signUps: Collection<SignUpRecord>;
  readonly signIns: Collection<SignInRecord>;
  readonly invitations: Collection<InvitationRecord>;
  readonly mails: Collection<MailRecord>;
  readonly deliveries: Collection<DeliveryRecord>;

  /** Opens (or creates) the store in this folder. Throws when another process has damaged or holds it. */
  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true });
    this.#db = new DatabaseSync(join(dataDir, "clerk.sqlite"));
    this.#db.exec(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000",
    );
    this.users = new Collection(this.#db, "users", { unique: ["email"] });
    this.clients = new Collection(this.#db, "clients", { unique: ["tokenHash"] });
    this.sessions = new Collection(this.#db, "sessions", { plain: ["clientId", "userId"] });
    this.signUps = new Collection(this.#db, "sign_ups", { plain: ["clientId"] });
    this.signIns = new Collection(this.#db, "sign_ins", { plain: ["clientId", "userId"] });
    this.invitations = new Collection(this.#db, "invitations", { plain: ["email"] });
    this.mails = new Collection(this.#db, "mails", { plain: ["to"] });
    this.deliveries = new Collection(this.#db, "deliveries", {
      ordered: [["state", "nextAttemptAt"]],
    });
  }

  /** Runs `work` so that all of its writes happen or none. `work` must not wait for anything. */
  transaction<R>(work: () => R): R {
    if (this.#db.isTransaction) return work();
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#db.exec("COMMIT");
      return result;
    } catch (error) {
      this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  close(): void {
    this.#db.close();
  }
}
