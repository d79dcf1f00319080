/** Reading and writing subscriptions: every write tells the change and sets what is due next. */
import type { Account } from "../account.ts";
import { noSuch } from "../errors.ts";
import { emit } from "../events/events.ts";
import { setTimer } from "../timers.ts";
import type { Subscription } from "../wire.ts";
import { clockOf } from "./customers.ts";
import { periodOf } from "./prices.ts";

const HOUR = 60 * 60;
export const DAY = 24 * HOUR;

/** How long before a trial's end it is announced. In seconds. */
const TRIAL_NOTICE = 3 * DAY;
/** How long the first payment may be outstanding. In seconds. */
const INCOMPLETE_LIMIT = 23 * HOUR;

const ENDED = new Set(["canceled", "incomplete_expired"]);
/** Statuses in which periods follow each other. */
const RUNNING = new Set(["trialing", "active", "past_due", "unpaid"]);

export const hasEnded = ({ status }: Subscription): boolean => ENDED.has(status);

export function getSubscription({ store }: Account, id: string, param = "id"): Subscription {
  const subscription = store.subscriptions.get(id);
  if (!subscription) throw noSuch("subscription", id, param);
  return subscription;
}

/** The subscription as it is now, after what other parts have done to it. */
export function again(account: Account, { id }: Subscription): Subscription {
  return getSubscription(account, id);
}

export function clockOfSubscription(account: Account, { customer }: Subscription): string | null {
  return clockOf(account, customer);
}

/** Writes a new subscription. */
export function addSubscription(account: Account, subscription: Subscription): Subscription {
  account.store.subscriptions.put(subscription);
  emit(account, "customer.subscription.created", subscription, { created: subscription.created });
  setTimers(account, subscription, null);
  return subscription;
}

/** Writes the changed subscription and tells it, if anything changed. */
export function saveSubscription(
  account: Account,
  before: Subscription,
  after: Subscription,
): Subscription {
  account.store.subscriptions.put(after);
  const created = account.time.now(clockOfSubscription(account, after));
  if (!hasEnded(before) && after.status === "canceled") {
    emit(account, "customer.subscription.deleted", after, { created });
  } else {
    emit(account, "customer.subscription.updated", after, { before, created });
  }
  setTimers(account, after, before);
  return after;
}

/** Announces that a trial is about to end. */
export function announceTrialEnd(account: Account, subscription: Subscription): void {
  const created = account.time.now(clockOfSubscription(account, subscription));
  emit(account, "customer.subscription.trial_will_end", subscription, { created });
}

function setTimers(account: Account, after: Subscription, before: Subscription | null): void {
  const clock = clockOfSubscription(account, after);
  const { id, status, cancel_at } = after;
  const next = Math.min(periodOf(after).end, cancel_at ?? Infinity);
  setTimer(account, "cycle", id, RUNNING.has(status) ? next : null, clock);
  const expires = status === "incomplete" ? after.created + INCOMPLETE_LIMIT : null;
  setTimer(account, "expire_incomplete", id, expires, clock);
  if (status !== "trialing" || after.trial_end === null) {
    setTimer(account, "trial_will_end", id, null, clock);
  } else if (after.trial_end !== before?.trial_end) {
    const notice = after.trial_end - TRIAL_NOTICE;
    const isDue = notice <= account.time.now(clock);
    setTimer(account, "trial_will_end", id, isDue ? null : notice, clock);
    if (isDue) announceTrialEnd(account, after);
  }
}
