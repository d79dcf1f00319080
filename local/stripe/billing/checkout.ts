/** Checkout sessions for subscriptions: made by the app, paid by a person on the hosted page. */
import { randomId } from "../../storage/ids.ts";
import { newSecret } from "../../storage/secrets.ts";
import type { Account } from "../account.ts";
import { invalid, noSuch } from "../errors.ts";
import { emit } from "../events/events.ts";
import { setTimer } from "../timers.ts";
import {
  list,
  type CheckoutLine,
  type CheckoutSession,
  type Customer,
  type List,
} from "../wire.ts";
import { createCustomer, getCustomer, requireCurrency, saveCustomer } from "./customers.ts";
import { requireFittingItems } from "./items.ts";
import { attachCard, type CardDetails } from "./paymentMethods.ts";
import { asRecurring, productName, type RecurringPrice } from "./prices.ts";
import { createSubscription } from "./subscriptions.ts";
import { DAY } from "./subscriptionRecords.ts";

const MINUTE = 60;
/** In seconds. */
const DEFAULT_LIFE = DAY;
const SHORTEST_LIFE = 30 * MINUTE;

/** What a session sells, beside what it shows. */
export interface CheckoutOrder {
  /** The session's id. */
  id: string;
  lines: { id: string; price: string; quantity: number }[];
  trialPeriodDays: number | null;
  trialEnd: number | null;
  metadata: Record<string, string>;
  description: string | null;
  missingPaymentMethod: "cancel" | "create_invoice";
}

export interface NewCheckout {
  items: { price: RecurringPrice; quantity: number }[];
  customer?: Customer;
  customerEmail?: string;
  order: Omit<CheckoutOrder, "id" | "lines">;
  expiresAt?: number;
  fields: Pick<
    CheckoutSession,
    | "success_url"
    | "cancel_url"
    | "client_reference_id"
    | "metadata"
    | "locale"
    | "allow_promotion_codes"
    | "billing_address_collection"
    | "payment_method_collection"
  >;
}

export interface Payer {
  email: string;
  /** Without one only what costs nothing now can be had. */
  card: CardDetails | null;
}

export function getCheckout({ store }: Account, id: string): CheckoutSession {
  const session = store.checkoutSessions.get(id);
  if (!session) throw noSuch("checkout.session", id);
  return session;
}

export function getOrder({ store }: Account, sessionId: string): CheckoutOrder {
  const order = store.checkoutOrders.get(sessionId);
  if (!order) throw noSuch("checkout.session", sessionId);
  return order;
}

export function createCheckout(account: Account, input: NewCheckout): CheckoutSession {
  const { items, customer, order, fields } = input;
  const now = account.time.now(null);
  requireFittingItems(items);
  const [first] = items as [NewCheckout["items"][number]];
  if (customer) requireCurrency(customer, first.price.currency);
  const expiresAt = input.expiresAt ?? now + DEFAULT_LIFE;
  if (expiresAt < now + SHORTEST_LIFE || expiresAt > now + DEFAULT_LIFE) {
    throw invalid(
      "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.",
      {
        param: "expires_at",
      },
    );
  }
  const id = `cs_test_${newSecret().replace(/[-_]/g, "0")}`;
  const isTrial = order.trialPeriodDays !== null || order.trialEnd !== null;
  const total = items.reduce((sum, { price, quantity }) => sum + price.unit_amount * quantity, 0);
  const due = isTrial ? 0 : total;
  const session: CheckoutSession = {
    id,
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allowed_payment_method_types: null,
    amount_subtotal: due,
    amount_total: due,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now,
    currency: first.price.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: customer?.id ?? null,
    customer_account: null,
    customer_creation: customer ? null : "always",
    customer_details: null,
    customer_email: input.customerEmail ?? null,
    discounts: [],
    expires_at: expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    managed_payments: null,
    mode: "subscription",
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: ["card"],
    payment_status: "unpaid",
    permissions: null,
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: "open",
    submit_type: null,
    subscription: null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: "hosted_page",
    url: `${account.url}/c/pay/${id}`,
    wallet_options: null,
    ...fields,
  };
  account.store.checkoutSessions.put(session);
  account.store.checkoutOrders.put({
    id,
    ...order,
    lines: items.map(({ price, quantity }) => ({ id: randomId("li"), price: price.id, quantity })),
  });
  setTimer(account, "expire_checkout", id, expiresAt, null);
  return session;
}

/** Whether the person has to give a card, though nothing may be due today. */
export function needsCard(session: CheckoutSession): boolean {
  return session.payment_method_collection !== "if_required" || (session.amount_total ?? 0) > 0;
}

/**
 * Pays: subscribes the customer, who is made if there is none. Throws 402 for a refused card, 400 when
 * the session is no longer open; then nothing has changed.
 */
export function completeCheckout(
  account: Account,
  session: CheckoutSession,
  { email, card }: Payer,
): CheckoutSession {
  if (session.status !== "open")
    throw invalid(`This Checkout Session is ${String(session.status)}.`);
  const order = getOrder(account, session.id);
  const customer = buyer(account, session, { email, card });
  const now = account.time.now(customer.test_clock);
  const method = card ? attachCard(account, customer, card) : null;
  const subscription = createSubscription(account, customer, {
    items: order.lines.map(({ price, quantity }) => ({
      price: pricedAs(account, price),
      quantity,
    })),
    trialEnd: order.trialPeriodDays === null ? order.trialEnd : now + order.trialPeriodDays * DAY,
    metadata: order.metadata,
    description: order.description,
    defaultPaymentMethod: method?.id,
    missingPaymentMethod: order.missingPaymentMethod,
    errorIfIncomplete: true,
  });
  return close(account, session, "checkout.session.completed", {
    collected_information: { business_name: null, individual_name: null, shipping_details: null },
    customer: customer.id,
    customer_details: {
      address: null,
      business_name: null,
      email: customer.email ?? email,
      individual_name: null,
      name: card?.name ?? customer.name ?? null,
      phone: null,
      tax_exempt: "none",
      tax_ids: [],
    },
    invoice: subscription.latest_invoice,
    payment_status: (session.amount_total ?? 0) > 0 ? "paid" : "no_payment_required",
    status: "complete",
    subscription: subscription.id,
  });
}

/** The session's customer, who gets the e-mail address if there was none, or a new one. */
function buyer(account: Account, session: CheckoutSession, { email, card }: Payer): Customer {
  if (!session.customer) return createCustomer(account, { email, name: card?.name ?? null });
  const customer = getCustomer(account, session.customer, "customer");
  return customer.email ? customer : saveCustomer(account, customer, { ...customer, email });
}

/** Ends an open session unpaid. Throws 400 when it is no longer open. */
export function expireCheckout(account: Account, session: CheckoutSession): CheckoutSession {
  if (session.status !== "open") {
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${String(session.status)}.`,
    );
  }
  return close(account, session, "checkout.session.expired", { status: "expired" });
}

function close(
  account: Account,
  session: CheckoutSession,
  type: "checkout.session.completed" | "checkout.session.expired",
  change: Partial<CheckoutSession>,
): CheckoutSession {
  const closed: CheckoutSession = { ...session, ...change, url: null };
  account.store.checkoutSessions.put(closed);
  setTimer(account, "expire_checkout", session.id, null, null);
  emit(account, type, closed, { created: account.time.now(null) });
  return closed;
}

/** What is in the session, as `line_items` shows it. */
export function checkoutLines(account: Account, sessionId: string): List<CheckoutLine> {
  const session = getCheckout(account, sessionId);
  const isFree = session.amount_total === 0;
  const lines = getOrder(account, sessionId).lines.map(
    ({ id, price: priceId, quantity }): CheckoutLine => {
      const price = pricedAs(account, priceId);
      const amount = isFree ? 0 : price.unit_amount * quantity;
      return {
        id,
        object: "item",
        adjustable_quantity: null,
        amount_discount: 0,
        amount_subtotal: amount,
        amount_tax: 0,
        amount_total: amount,
        currency: price.currency,
        description: productName(account, price),
        metadata: {},
        price,
        quantity,
      };
    },
  );
  return list(lines, `/v1/checkout/sessions/${sessionId}/line_items`);
}

/** A price of the order, which may have been archived since. */
export function pricedAs({ store }: Account, priceId: string): RecurringPrice {
  const price = store.prices.get(priceId);
  if (!price) throw noSuch("price", priceId, "line_items");
  return asRecurring(price);
}
