/** Test clocks: customers of one live by its time, which stands still until it is advanced. */
import { catchUp } from "../agenda.ts";
import { randomId } from "../../storage/ids.ts";
import type { Account } from "../account.ts";
import { invalid, noSuch } from "../errors.ts";
import { emit } from "../events/events.ts";
import type { TestClock } from "../wire.ts";
import { deleteCustomer } from "./customers.ts";
import { DAY } from "./subscriptionRecords.ts";

export function getTestClock({ store }: Account, id: string): TestClock {
  const clock = store.testClocks.get(id);
  if (!clock) throw noSuch("test_clock", id);
  return clock;
}

export function createTestClock(
  account: Account,
  frozenTime: number,
  name: string | null,
): TestClock {
  const created = account.time.machine();
  const clock: TestClock = {
    id: randomId("clock"),
    object: "test_helpers.test_clock",
    created,
    deletes_after: created + 30 * DAY,
    frozen_time: frozenTime,
    livemode: false,
    name,
    status: "ready",
    status_details: {},
  };
  account.store.testClocks.put(clock);
  emit(account, "test_helpers.test_clock.created", clock, { created });
  return clock;
}

/** Advances the clock; all that happens until then has happened when it returns. */
export function advanceTestClock(account: Account, clock: TestClock, to: number): TestClock {
  if (to <= clock.frozen_time) {
    throw invalid("The frozen time must be after the test clock's current frozen time.", {
      param: "frozen_time",
    });
  }
  catchUp(account, clock.id, to);
  const advanced: TestClock = { ...clock, frozen_time: to };
  account.store.testClocks.put(advanced);
  emit(account, "test_helpers.test_clock.ready", advanced, { created: account.time.machine() });
  return advanced;
}

/** Deletes the clock with all of its customers. */
export function deleteTestClock(account: Account, clock: TestClock): void {
  for (const customer of account.store.customers.all()) {
    if (!customer.deleted && customer.test_clock === clock.id) deleteCustomer(account, customer);
  }
  account.store.testClocks.delete(clock.id);
  emit(account, "test_helpers.test_clock.deleted", clock, { created: account.time.machine() });
}

/**
 * Puts a customer of the real clock on a test clock of their own, with all that is planned for them.
 * Stripe has no such thing; the control uses it to advance one customer among many.
 */
export function giveOwnClock(account: Account, customerId: string): TestClock {
  const { store, time } = account;
  const customer = store.customers.get(customerId);
  if (!customer || customer.deleted) throw noSuch("customer", customerId, "customer");
  if (customer.test_clock) return getTestClock(account, customer.test_clock as string);
  const clock = createTestClock(account, time.now(null), `Clock of ${customerId}`);
  store.customers.put({ ...customer, test_clock: clock.id });
  const targets = new Set<string>();
  for (const subscription of store.subscriptions.list("customer", customerId)) {
    store.subscriptions.put({ ...subscription, test_clock: clock.id });
    targets.add(subscription.id);
  }
  for (const invoice of store.invoices.list("customer", customerId)) {
    store.invoices.put({ ...invoice, test_clock: clock.id });
    targets.add(invoice.id);
  }
  for (const timer of store.timers.all()) {
    if (targets.has(timer.target)) store.timers.put({ ...timer, clock: clock.id });
  }
  return clock;
}
