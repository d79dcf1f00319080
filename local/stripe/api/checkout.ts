import { checkoutLines, createCheckout, expireCheckout, getCheckout } from "../billing/checkout.ts";
import { getCustomer } from "../billing/customers.ts";
import { getRecurringPrice } from "../billing/prices.ts";
import { mergeMetadata } from "../billing/metadata.ts";
import { invalid, notHere } from "../errors.ts";
import type { CheckoutSession } from "../wire.ts";
import { get, post, type Call } from "./call.ts";
import { CREATED, isWithin, page, PAGING } from "./lists.ts";
import {
  flag,
  hash,
  integer,
  listOf,
  metadata,
  oneOf,
  read,
  requireOneAtMost,
  text,
  textUpTo,
  type Reader,
} from "./readers.ts";

/** An absolute web address, as Stripe wants it. */
export const WEB_ADDRESS: Reader<string> = (value, name) => {
  const given = text(value, name);
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url?.protocol === "http:" || url?.protocol === "https:") return given;
  throw invalid("Not a valid URL", { code: "url_invalid", param: name });
};

const MISSING_METHOD = hash(
  { end_behavior: hash({ missing_payment_method: oneOf("cancel", "create_invoice") }, {}) },
  {},
);

const NEW = hash(
  {
    mode: oneOf("subscription", "payment", "setup"),
    line_items: listOf(hash({ price: text }, { quantity: integer(1, 999_999) }), 20),
  },
  {
    success_url: WEB_ADDRESS,
    cancel_url: WEB_ADDRESS,
    allow_promotion_codes: flag,
    automatic_tax: hash({ enabled: flag }, {}),
    billing_address_collection: oneOf("auto", "required"),
    client_reference_id: textUpTo(200),
    customer: text,
    customer_email: textUpTo(800),
    expires_at: integer(0),
    locale: text,
    metadata,
    payment_method_collection: oneOf("always", "if_required"),
    payment_method_types: listOf(oneOf("card")),
    subscription_data: hash(
      {},
      {
        description: textUpTo(500),
        metadata,
        trial_end: integer(0),
        trial_period_days: integer(1, 730),
        trial_settings: MISSING_METHOD,
      },
    ),
    ui_mode: oneOf("hosted_page"),
  },
);

const LISTING = hash(
  {},
  {
    ...PAGING,
    created: CREATED,
    customer: text,
    status: oneOf("open", "complete", "expired"),
    subscription: text,
  },
);

export const checkoutRoutes = [
  post("checkout/sessions", create),
  get("checkout/sessions", listAll),
  get("checkout/sessions/:id", ({ account, id }) => getCheckout(account, id)),
  get("checkout/sessions/:id/line_items", lineItems),
  post("checkout/sessions/:id/expire", ({ account, id }) =>
    expireCheckout(account, getCheckout(account, id)),
  ),
];

function create({ account, params }: Call): CheckoutSession {
  const input = read(params, NEW);
  if (input.mode !== "subscription") throw notHere(`the checkout mode ${input.mode}`, "mode");
  if (input.automatic_tax?.enabled) throw notHere("automatic tax", "automatic_tax");
  if (input.success_url === undefined) {
    throw invalid("Missing required param: success_url.", {
      code: "parameter_missing",
      param: "success_url",
    });
  }
  requireOneAtMost(input, ["customer", "customer_email"]);
  const data = input.subscription_data ?? {};
  requireOneAtMost(data, ["trial_end", "trial_period_days"], "subscription_data");
  if (data.trial_end !== undefined && data.trial_end < account.time.now(null) + TWO_DAYS) {
    throw invalid("The `trial_end` date has to be at least 2 days in the future.", {
      param: "subscription_data[trial_end]",
    });
  }
  return createCheckout(account, {
    items: input.line_items.map(({ price, quantity }, i) => ({
      price: getRecurringPrice(account, price, `line_items[${i}][price]`),
      quantity: quantity ?? requireQuantity(i),
    })),
    customer:
      input.customer === undefined ? undefined : getCustomer(account, input.customer, "customer"),
    customerEmail: input.customer_email,
    expiresAt: input.expires_at,
    order: {
      trialPeriodDays: data.trial_period_days ?? null,
      trialEnd: data.trial_end ?? null,
      metadata: mergeMetadata({}, data.metadata),
      description: data.description ?? null,
      missingPaymentMethod:
        data.trial_settings?.end_behavior.missing_payment_method ?? "create_invoice",
    },
    fields: {
      success_url: input.success_url,
      cancel_url: input.cancel_url ?? null,
      client_reference_id: input.client_reference_id ?? null,
      metadata: mergeMetadata({}, input.metadata),
      locale: input.locale ?? null,
      allow_promotion_codes: input.allow_promotion_codes ?? null,
      billing_address_collection: input.billing_address_collection ?? null,
      payment_method_collection: input.payment_method_collection ?? "always",
    },
  });
}

const TWO_DAYS = 2 * 24 * 60 * 60;

function requireQuantity(index: number): never {
  const param = `line_items[${index}][quantity]`;
  throw invalid(`Quantity is required. Add \`quantity\` to \`line_items[${index}]\``, {
    code: "parameter_missing",
    param,
  });
}

function lineItems({ account, id, params }: Call): object {
  const { data, url } = checkoutLines(account, id);
  return page(data.toReversed(), read(params, hash({}, PAGING)), url);
}

function listAll({ account, params }: Call): object {
  const { created, customer, status, subscription, ...paging } = read(params, LISTING);
  const found = account.store.checkoutSessions
    .all()
    .filter(
      (session) =>
        isWithin(session.created, created) &&
        (customer === undefined || session.customer === customer) &&
        (status === undefined || session.status === status) &&
        (subscription === undefined || session.subscription === subscription),
    );
  return page(found, paging, "/v1/checkout/sessions");
}
