/** Does what is due: all at once when a clock is advanced, and by itself on the real one. */
import type { Account } from "./account.ts";
import { expireCheckout } from "./billing/checkout.ts";
import { collect, expireIncomplete, turnPeriod } from "./billing/cycles.ts";
import { announceTrialEnd } from "./billing/subscriptionRecords.ts";
import { REAL_CLOCK } from "./time.ts";
import type { Timer } from "./timers.ts";

/** A timeout's limit is 24 days, and a machine that slept has lost count long before. */
const LONGEST_SLEEP_MS = 60 * 60 * 1000;

/**
 * Does everything that is due on a clock until that moment, in its order and each at its own time.
 * Call it in a transaction.
 */
export function catchUp(account: Account, clock: string, until: number): void {
  for (;;) {
    const timer = nextTimer(account, clock);
    if (!timer || timer.at > until) return;
    fire(account, timer);
  }
}

/** Advances the account's real clock to that moment, for every customer without a test clock. */
export function advanceRealClock(account: Account, to: number): void {
  catchUp(account, REAL_CLOCK, to);
  account.store.settings = { ...account.store.settings, ahead: to - account.time.machine() };
}

function nextTimer({ store }: Account, clock: string): Timer | undefined {
  return store.timers.listFirst("clock", clock, "at", 1)[0];
}

function fire(account: Account, timer: Timer): void {
  account.store.timers.delete(timer.id);
  account.time.at(timer.at, () => perform(account, timer));
}

function perform(account: Account, { kind, target }: Timer): void {
  const { subscriptions, invoices, checkoutSessions } = account.store;
  const subscription = subscriptions.get(target);
  const invoice = invoices.get(target);
  const session = checkoutSessions.get(target);
  if (kind === "cycle" && subscription) turnPeriod(account, subscription);
  if (kind === "trial_will_end" && subscription) announceTrialEnd(account, subscription);
  if (kind === "expire_incomplete" && subscription) expireIncomplete(account, subscription);
  if (kind === "collect_invoice" && invoice) collect(account, invoice);
  if (kind === "expire_checkout" && session) expireCheckout(account, session);
}

/** Watches the real clock. */
export class Ticker {
  readonly #account: Account;
  readonly #log: (line: string) => void;
  #timeout: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(account: Account, log: (line: string) => void) {
    this.#account = account;
    this.#log = log;
  }

  /** Does what is due and sleeps until the next; call it whenever something may have become due. */
  tick(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timeout);
    const { store, time } = this.#account;
    let next = nextTimer(this.#account, REAL_CLOCK);
    while (next && next.at <= time.now(null)) {
      const timer = next;
      try {
        store.transaction(() => fire(this.#account, timer));
      } catch (error) {
        // Never again, so that one broken timer cannot keep all others waiting.
        store.timers.delete(timer.id);
        this.#log(`stripe: ${timer.id} failed: ${String(error)}`);
      }
      next = nextTimer(this.#account, REAL_CLOCK);
    }
    if (!next) return;
    const wait = Math.min((next.at - time.now(null)) * 1000, LONGEST_SLEEP_MS);
    this.#timeout = setTimeout(() => this.tick(), wait);
    this.#timeout.unref();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timeout);
  }
}
