import { randomBytes } from "node:crypto";
import { randomId } from "../../storage/ids.ts";
import type { Account } from "../account.ts";
import { invalid, noSuch } from "../errors.ts";
import { emit } from "../events/events.ts";
import {
  list,
  type Customer,
  type DeletedCustomer,
  type List,
  type Subscription,
} from "../wire.ts";
import { paymentMethodOf } from "./paymentMethods.ts";
import { cancelNow } from "./cancellation.ts";

/** What may be set of a customer. */
export interface CustomerFields {
  address?: Customer["address"];
  balance?: number;
  description?: string | null;
  email?: string | null;
  name?: string | null;
  phone?: string | null;
  metadata?: Record<string, string>;
  preferred_locales?: string[];
}

/** The customer, who is not deleted. Throws Stripe's `resource_missing`. */
export function getCustomer({ store }: Account, id: string, param = "id"): Customer {
  const customer = store.customers.get(id);
  if (!customer || customer.deleted) throw noSuch("customer", id, param);
  return customer;
}

/** The test clock of the customer, or null for the real one. */
export function clockOf({ store }: Account, customerId: string | null): string | null {
  const customer = customerId === null ? undefined : store.customers.get(customerId);
  return (customer && !customer.deleted && customer.test_clock) || null;
}

export function createCustomer(
  account: Account,
  fields: CustomerFields,
  testClock: string | null = null,
): Customer {
  if (testClock !== null && !account.store.testClocks.get(testClock)) {
    throw noSuch("test_clock", testClock, "test_clock");
  }
  const now = account.time.now(testClock);
  const customer: Customer = {
    id: randomId("cus"),
    object: "customer",
    address: null,
    balance: 0,
    created: now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomBytes(4).toString("hex").toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: testClock,
    ...fields,
  };
  account.store.customers.put(customer);
  emit(account, "customer.created", customer, { created: now });
  return customer;
}

/** Writes the changed customer and tells it, if anything changed. */
export function saveCustomer(account: Account, before: Customer, after: Customer): Customer {
  account.store.customers.put(after);
  const created = account.time.now(after.test_clock);
  emit(account, "customer.updated", after, { before, created });
  return after;
}

/** Sets what the customer's invoices are charged to; null for nothing. */
export function setDefaultPaymentMethod(
  account: Account,
  customer: Customer,
  methodId: string | null,
  param: string,
): Customer {
  const method = methodId === null ? null : paymentMethodOf(account, customer, methodId, param);
  return saveCustomer(account, customer, {
    ...customer,
    invoice_settings: {
      ...customer.invoice_settings,
      default_payment_method: method?.id ?? null,
    },
  });
}

/** Deletes a customer, and ends all of its subscriptions at once. */
export function deleteCustomer(account: Account, customer: Customer): DeletedCustomer {
  const { store } = account;
  const created = account.time.now(customer.test_clock);
  for (const subscription of liveSubscriptions(account, customer.id)) {
    cancelNow(account, subscription, { reason: "cancellation_requested" });
  }
  const deleted: DeletedCustomer = { id: customer.id, object: "customer", deleted: true };
  const last = getCustomer(account, customer.id);
  store.customers.put(deleted);
  emit(account, "customer.deleted", last, { created });
  return deleted;
}

/** Subscriptions that have not ended, oldest first. */
export function liveSubscriptions({ store }: Account, customerId: string): Subscription[] {
  return store.subscriptions.list("customer", customerId).filter(({ ended_at }) => !ended_at);
}

/** What `expand: ["subscriptions"]` shows. */
export function customersSubscriptions(account: Account, customerId: string): List<Subscription> {
  const url = `/v1/customers/${customerId}/subscriptions`;
  return list(liveSubscriptions(account, customerId).reverse(), url);
}

/** All of a customer's subscriptions are in one currency. Throws 400 for another. */
export function requireCurrency(customer: Customer, currency: string): void {
  if (customer.currency && customer.currency !== currency) {
    throw invalid(
      `You cannot combine currencies on a single customer. This customer has subscriptions or items with the currency ${customer.currency}.`,
    );
  }
}
