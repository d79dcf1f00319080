import {
  createCustomer,
  deleteCustomer,
  getCustomer,
  saveCustomer,
  setDefaultPaymentMethod,
  type CustomerFields,
} from "../billing/customers.ts";
import { paymentMethodOf } from "../billing/paymentMethods.ts";
import { mergeMetadata } from "../billing/metadata.ts";
import { invalid, noSuch } from "../errors.ts";
import type { Customer } from "../wire.ts";
import { del, get, post, type Call } from "./call.ts";
import { CREATED, isWithin, page, PAGING } from "./lists.ts";
import { emptyable, hash, integer, listOf, metadata, read, text, textUpTo } from "./readers.ts";
import { search } from "./search.ts";

const ADDRESS = hash(
  {},
  {
    city: emptyable(text),
    country: emptyable(text),
    line1: emptyable(text),
    line2: emptyable(text),
    postal_code: emptyable(text),
    state: emptyable(text),
  },
);

const NO_ADDRESS = {
  city: null,
  country: null,
  line1: null,
  line2: null,
  postal_code: null,
  state: null,
};

/** Stripe's check of an address is about this deep. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

const FIELDS = {
  address: emptyable(ADDRESS),
  balance: integer(),
  description: emptyable(textUpTo(5000)),
  email: emptyable(textUpTo(512)),
  invoice_settings: hash({}, { default_payment_method: emptyable(text) }),
  metadata,
  name: emptyable(textUpTo(256)),
  phone: emptyable(textUpTo(20)),
  preferred_locales: listOf(text),
};

const DEFAULT_METHOD = "invoice_settings[default_payment_method]";

const NEW = hash({}, { ...FIELDS, payment_method: text, test_clock: text });
const CHANGE = hash({}, FIELDS);
const LISTING = hash({}, { ...PAGING, created: CREATED, email: text, test_clock: text });

export const customerRoutes = [
  post("customers", create),
  get("customers", listAll),
  get("customers/search", (call) => search(call, "customer", existing(call))),
  get("customers/:id", retrieve),
  post("customers/:id", update),
  del("customers/:id", ({ account, id }) => deleteCustomer(account, getCustomer(account, id))),
];

function create({ account, params }: Call): Customer {
  const { test_clock = null, payment_method, ...input } = read(params, NEW);
  const customer = createCustomer(account, fieldsOf(input, {}), test_clock);
  const method =
    payment_method && paymentMethodOf(account, customer, payment_method, "payment_method").id;
  const chosen = input.invoice_settings?.default_payment_method;
  if (!chosen) return customer;
  // One token given twice is one card.
  const id = method && chosen === payment_method ? method : chosen;
  return setDefaultPaymentMethod(account, customer, id, DEFAULT_METHOD);
}

function retrieve({ account, id }: Call): object {
  const customer = account.store.customers.get(id);
  if (!customer) throw noSuch("customer", id);
  return customer;
}

function update({ account, id, params }: Call): Customer {
  const input = read(params, CHANGE);
  const before = getCustomer(account, id);
  const after = saveCustomer(account, before, { ...before, ...fieldsOf(input, before.metadata) });
  const method = input.invoice_settings?.default_payment_method;
  if (method === undefined) return after;
  return setDefaultPaymentMethod(account, after, method, DEFAULT_METHOD);
}

function listAll(call: Call): object {
  const { created, email, test_clock, ...paging } = read(call.params, LISTING);
  const found = existing(call).filter(
    (customer) =>
      isWithin(customer.created, created) &&
      (email === undefined || customer.email === email) &&
      (test_clock === undefined || customer.test_clock === test_clock),
  );
  return page(found, paging, "/v1/customers");
}

function existing({ account }: Call): Customer[] {
  return account.store.customers.all().filter((customer) => !customer.deleted) as Customer[];
}

function fieldsOf(
  { address, invoice_settings: _, metadata: change, ...plain }: ReturnType<typeof CHANGE>,
  before: Record<string, string>,
): CustomerFields {
  if (plain.email && !EMAIL.test(plain.email)) {
    const details = { code: "email_invalid", param: "email" };
    throw invalid(`Invalid email address: ${plain.email}`, details);
  }
  return {
    ...plain,
    ...(address === undefined ? {} : { address: address && { ...NO_ADDRESS, ...address } }),
    ...(change === undefined ? {} : { metadata: mergeMetadata(before, change) }),
  };
}
