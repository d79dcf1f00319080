import { getCustomer } from "../billing/customers.ts";
import { detach, paymentMethodOf } from "../billing/paymentMethods.ts";
import { cardOfToken } from "../billing/cards.ts";
import { noSuch } from "../errors.ts";
import type { Account } from "../account.ts";
import type { PaymentMethod } from "../wire.ts";
import { get, post, type Call } from "./call.ts";
import { page, PAGING } from "./lists.ts";
import { hash, oneOf, read, text } from "./readers.ts";

const LISTING = hash({}, { ...PAGING, customer: text, type: oneOf("card") });

export const paymentMethodRoutes = [
  get("payment_methods", listAll),
  get("payment_methods/:id", ({ account, id }) => getMethod(account, id)),
  post("payment_methods/:id/attach", attach),
  post("payment_methods/:id/detach", ({ account, id }) => detach(account, getMethod(account, id))),
  get("customers/:id/payment_methods", ({ account, id, params }) =>
    listOfCustomer(account, id, params),
  ),
];

function getMethod({ store }: Account, id: string): PaymentMethod {
  const method = store.paymentMethods.get(id);
  if (!method) throw noSuch("PaymentMethod", id);
  return method;
}

/** Only a token makes a new card: a card that was detached can, as at Stripe, not be used again. */
function attach({ account, id, params }: Call): PaymentMethod {
  const { customer } = read(params, hash({ customer: text }, {}));
  if (!cardOfToken(id)) getMethod(account, id);
  return paymentMethodOf(account, getCustomer(account, customer, "customer"), id, "payment_method");
}

function listAll({ account, params }: Call): object {
  const { customer, ...rest } = params;
  if (customer === undefined)
    return page<PaymentMethod>([], read(rest, LISTING), "/v1/payment_methods");
  return listOfCustomer(account, text(customer, "customer"), rest);
}

function listOfCustomer(account: Account, id: string, params: Call["params"]): object {
  const { type: _, ...paging } = read(params, LISTING);
  const found = account.store.paymentMethods.list(
    "customer",
    getCustomer(account, id, "customer").id,
  );
  return page(found, paging, "/v1/payment_methods");
}
