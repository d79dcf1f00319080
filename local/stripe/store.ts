/** Everything the local Stripe must remember, in one SQLite file. Objects are kept as they travel. */
import type { DatabaseSync } from "node:sqlite";
import { Collection } from "../storage/collection.ts";
import { openDatabase, transaction } from "../storage/database.ts";
import { DELIVERY_INDEXES } from "../webhooks/queue.ts";
import type { Deliveries } from "../webhooks/queue.ts";
import type { CardRecord } from "./billing/cards.ts";
import type { CheckoutOrder } from "./billing/checkout.ts";
import type { PendingItem } from "./billing/prorations.ts";
import type { HeldEvent } from "./events/outbox.ts";
import type { IdempotentAnswer } from "./api/idempotency.ts";
import { DEFAULT_SETTINGS, type Settings } from "./settings.ts";
import type { Timer } from "./timers.ts";
import type {
  CheckoutSession,
  Customer,
  DeletedCustomer,
  EventRecord,
  Invoice,
  PaymentMethod,
  PortalSession,
  Price,
  Product,
  Subscription,
  TestClock,
} from "./wire.ts";

export class Store {
  readonly #db: DatabaseSync;
  readonly customers: Collection<Customer | DeletedCustomer>;
  readonly products: Collection<Product>;
  readonly prices: Collection<Price>;
  readonly paymentMethods: Collection<PaymentMethod>;
  readonly cards: Collection<CardRecord>;
  readonly subscriptions: Collection<Subscription>;
  readonly invoices: Collection<Invoice>;
  readonly pendingItems: Collection<PendingItem>;
  readonly checkoutSessions: Collection<CheckoutSession>;
  readonly checkoutOrders: Collection<CheckoutOrder>;
  readonly portalSessions: Collection<PortalSession>;
  readonly testClocks: Collection<TestClock>;
  readonly timers: Collection<Timer>;
  readonly events: Collection<EventRecord>;
  readonly heldEvents: Collection<HeldEvent>;
  readonly deliveries: Deliveries;
  readonly idempotentAnswers: Collection<IdempotentAnswer>;
  readonly #settings: Collection<Settings>;

  /** Opens (or creates) the store in this folder. */
  constructor(dataDir: string) {
    const db = openDatabase(dataDir, "stripe.sqlite");
    this.#db = db;
    // One transaction rather than one for every table.
    db.exec("BEGIN IMMEDIATE");
    this.customers = new Collection(db, "customers");
    this.products = new Collection(db, "products");
    this.prices = new Collection(db, "prices", { plain: ["product", "lookup_key"] });
    this.paymentMethods = new Collection(db, "payment_methods", { plain: ["customer"] });
    this.cards = new Collection(db, "cards");
    this.subscriptions = new Collection(db, "subscriptions", { plain: ["customer"] });
    this.invoices = new Collection(db, "invoices", { plain: ["customer", "hosted_invoice_url"] });
    this.pendingItems = new Collection(db, "pending_items", { plain: ["subscription"] });
    this.checkoutSessions = new Collection(db, "checkout_sessions", {
      plain: ["customer", "status"],
    });
    this.checkoutOrders = new Collection(db, "checkout_orders");
    this.portalSessions = new Collection(db, "portal_sessions", { plain: ["url"] });
    this.testClocks = new Collection(db, "test_clocks");
    this.timers = new Collection(db, "timers", { ordered: [["clock", "at"]] });
    this.events = new Collection(db, "events");
    this.heldEvents = new Collection(db, "held_events");
    this.deliveries = new Collection(db, "deliveries", DELIVERY_INDEXES);
    this.idempotentAnswers = new Collection(db, "idempotent_answers");
    this.#settings = new Collection(db, "settings");
    db.exec("COMMIT");
  }

  get settings(): Settings {
    return this.#settings.get("settings") ?? DEFAULT_SETTINGS;
  }

  set settings(settings: Settings) {
    this.#settings.put(settings);
  }

  /** Runs `work` so that all of its writes happen or none. `work` must not wait for anything. */
  transaction<R>(work: () => R): R {
    return transaction(this.#db, work);
  }

  /** Runs `work` inside a transaction, and undoes it: for what would happen. */
  pretend<R>(work: () => R): R {
    return this.transaction(() => {
      this.#db.exec("SAVEPOINT pretence");
      try {
        return work();
      } finally {
        this.#db.exec("ROLLBACK TO pretence; RELEASE pretence");
      }
    });
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}
