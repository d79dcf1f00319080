/** Everything the local mail server must remember, in one SQLite file. */
import type { DatabaseSync } from "node:sqlite";
import { Collection } from "../storage/collection.ts";
import { openDatabase, transaction } from "../storage/database.ts";
import { DELIVERY_INDEXES } from "../webhooks/queue.ts";
import type { Deliveries } from "../webhooks/queue.ts";
import type { AnswerRecord, ContentRecord, MailRecord } from "./records.ts";

export class MailStore {
  readonly #db: DatabaseSync;
  readonly mails: Collection<MailRecord>;
  readonly contents: Collection<ContentRecord>;
  readonly answers: Collection<AnswerRecord>;
  readonly deliveries: Deliveries;

  /** Opens (or creates) the store in this folder. Throws when it is damaged or cannot be written. */
  constructor(dataDir: string) {
    this.#db = openDatabase(dataDir, "mail.sqlite");
    this.mails = new Collection(this.#db, "mails");
    this.contents = new Collection(this.#db, "contents");
    this.answers = new Collection(this.#db, "answers");
    this.deliveries = new Collection(this.#db, "deliveries", DELIVERY_INDEXES);
  }

  /** Runs `work` so that all of its writes happen or none. `work` must not wait for anything. */
  transaction<R>(work: () => R): R {
    return transaction(this.#db, work);
  }

  close(): void {
    this.#db.close();
  }
}
