import { randomId } from "../../storage/ids.ts";
import type { Account } from "../account.ts";
import { invalid, noSuch, type StripeError } from "../errors.ts";
import { emit } from "../events/events.ts";
import type { Customer, PaymentMethod, Subscription } from "../wire.ts";
import { cardOfToken, TEST_CARDS, type TestCard } from "./cards.ts";

export interface CardDetails {
  card: TestCard;
  expMonth: number;
  expYear: number;
  name: string | null;
}

/** A card of the customer's. Throws 402 when the bank refuses it. */
export function attachCard(
  account: Account,
  customer: Customer,
  { card, expMonth, expYear, name }: CardDetails,
): PaymentMethod {
  const now = account.time.now(customer.test_clock);
  if (card.onAttach) throw card.onAttach();
  const method: PaymentMethod = {
    id: randomId("pm"),
    object: "payment_method",
    allow_redisplay: "unspecified",
    billing_details: { address: null, email: customer.email, name, phone: null, tax_id: null },
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
      country: "US",
      display_brand: card.brand,
      exp_month: expMonth,
      exp_year: expYear,
      fingerprint: `local${card.number.slice(-8)}`,
      funding: "credit",
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: "unregulated",
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: now,
    customer: customer.id,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: "card",
  };
  account.store.paymentMethods.put(method);
  account.store.cards.put({ id: method.id, number: card.number });
  emit(account, "payment_method.attached", method, { created: now });
  return method;
}

/**
 * The customer's payment method with this id; a token like "pm_card_visa" becomes a new card of the
 * customer's. Throws 400 when it is nobody's or another customer's.
 */
export function paymentMethodOf(
  account: Account,
  customer: Customer,
  id: string,
  param: string,
): PaymentMethod {
  const card = cardOfToken(id);
  if (card) {
    const expYear = new Date(account.time.now(customer.test_clock) * 1000).getUTCFullYear() + 1;
    return attachCard(account, customer, { card, expMonth: 12, expYear, name: null });
  }
  const method = account.store.paymentMethods.get(id);
  if (!method) throw noSuch("PaymentMethod", id, param);
  if (method.customer === customer.id) return method;
  throw invalid(
    `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
    { param },
  );
}

/** Takes a card away from its customer, wherever it is the default. */
export function detach(account: Account, method: PaymentMethod): PaymentMethod {
  const { store } = account;
  const customer = method.customer === null ? undefined : store.customers.get(method.customer);
  if (!customer || customer.deleted) {
    throw invalid(
      "The payment method you provided is not attached to a customer so detachment is impossible.",
    );
  }
  const created = account.time.now(customer.test_clock);
  const detached: PaymentMethod = { ...method, customer: null };
  store.paymentMethods.put(detached);
  emit(account, "payment_method.detached", detached, { before: method, created });
  if (customer.invoice_settings.default_payment_method === method.id) {
    const settings = { ...customer.invoice_settings, default_payment_method: null };
    store.customers.put({ ...customer, invoice_settings: settings });
  }
  for (const subscription of store.subscriptions.list("customer", customer.id)) {
    if (subscription.default_payment_method === method.id) {
      store.subscriptions.put({ ...subscription, default_payment_method: null });
    }
  }
  return detached;
}

/** What is charged for a subscription: its own payment method, or else its customer's. */
export function defaultPaymentMethod(
  account: Account,
  customer: Customer,
  subscription: Subscription | undefined,
): PaymentMethod | undefined {
  const id =
    subscription?.default_payment_method ?? customer.invoice_settings.default_payment_method;
  return id ? account.store.paymentMethods.get(id) : undefined;
}

/** Charges the card: the bank's refusal, or null. */
export function charge(account: Account, method: PaymentMethod): StripeError | null {
  const { number } = account.store.cards.get(method.id) ?? { number: "" };
  const card = TEST_CARDS.find((known) => known.number === number);
  return card?.onCharge?.() ?? null;
}
