/** Where the e-mails of the local Clerk end up: kept in the store, shown at /mailbox. */
import { newId } from "./ids.ts";
import type { MailRecord } from "./records.ts";
import type { Store } from "./store.ts";

const KEPT_MAILS = 500;

export class Mailbox {
  readonly #store: Store;
  readonly #now: () => number;

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  deliver(mail: Omit<MailRecord, "id" | "createdAt">): void {
    this.#store.mails.put({ id: newId("ema"), ...mail, createdAt: this.#now() });
    this.#store.mails.keepNewest(KEPT_MAILS);
  }

  /** Newest first; all of them or those to one address. */
  list(to?: string): MailRecord[] {
    const mails = to
      ? this.#store.mails.list("to", to.trim().toLowerCase())
      : this.#store.mails.all();
    return mails.reverse();
  }
}
