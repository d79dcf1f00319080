/** Everything the local Clerk must remember, in one SQLite file. */
import type { DatabaseSync } from "node:sqlite";
import { Collection } from "../storage/collection.ts";
import { openDatabase, transaction } from "../storage/database.ts";
import { DELIVERY_INDEXES } from "../webhooks/queue.ts";
import type { Deliveries } from "../webhooks/queue.ts";
import type {
  ClientRecord,
  CodesSentRecord,
  InvitationRecord,
  SessionRecord,
  SignInRecord,
  SignUpRecord,
  UserRecord,
} from "./records.ts";

export class Store {
  readonly #db: DatabaseSync;
  readonly users: Collection<UserRecord>;
  readonly clients: Collection<ClientRecord>;
  readonly sessions: Collection<SessionRecord>;
  readonly signUps: Collection<SignUpRecord>;
  readonly signIns: Collection<SignInRecord>;
  readonly invitations: Collection<InvitationRecord>;
  readonly codesSent: Collection<CodesSentRecord>;
  readonly deliveries: Deliveries;

  /** Opens (or creates) the store in this folder. Throws when another process has damaged or holds it. */
  constructor(dataDir: string) {
    this.#db = openDatabase(dataDir, "clerk.sqlite");
    this.users = new Collection(this.#db, "users", { unique: ["email"] });
    this.clients = new Collection(this.#db, "clients", { unique: ["tokenHash"] });
    this.sessions = new Collection(this.#db, "sessions", { plain: ["clientId", "userId"] });
    this.signUps = new Collection(this.#db, "sign_ups", { plain: ["clientId"] });
    this.signIns = new Collection(this.#db, "sign_ins", { plain: ["clientId", "userId"] });
    this.invitations = new Collection(this.#db, "invitations", { plain: ["email"] });
    this.codesSent = new Collection(this.#db, "codes_sent");
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
