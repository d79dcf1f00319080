import { cancelNow } from "../billing/cancellation.ts";
import { getCustomer } from "../billing/customers.ts";
import { paymentMethodOf } from "../billing/paymentMethods.ts";
import { getRecurringPrice } from "../billing/prices.ts";
import { changeSubscription, type SubscriptionChange } from "../billing/subscriptionChanges.ts";
import { DAY, getSubscription, hasEnded } from "../billing/subscriptionRecords.ts";
import { createSubscription } from "../billing/subscriptions.ts";
import type { Account } from "../account.ts";
import { mergeMetadata } from "../billing/metadata.ts";
import { noSuch } from "../errors.ts";
import type { Subscription } from "../wire.ts";
import { del, get, post, type Call } from "./call.ts";
import { CREATED, isWithin, page, PAGING } from "./lists.ts";
import {
  either,
  emptyable,
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
} from "./readers.ts";
import { search } from "./search.ts";

const TIME = integer(0);
const QUANTITY = integer(0, 999_999);
const PRORATION = oneOf("create_prorations", "always_invoice", "none");
const BEHAVIOR = oneOf("allow_incomplete", "error_if_incomplete");
const FEEDBACK = oneOf(
  ...["customer_service", "low_quality", "missing_features", "other"],
  ...["switched_service", "too_complex", "too_expensive", "unused"],
);
const DETAILS = hash({}, { comment: emptyable(textUpTo(5000)), feedback: emptyable(FEEDBACK) });
const TRIAL_SETTINGS = hash(
  { end_behavior: hash({ missing_payment_method: oneOf("cancel", "create_invoice") }, {}) },
  {},
);

const NEW = hash(
  {
    customer: text,
    items: listOf(hash({ price: text }, { quantity: QUANTITY, metadata }), 20),
  },
  {
    cancel_at: TIME,
    cancel_at_period_end: flag,
    collection_method: oneOf("charge_automatically"),
    currency: text,
    default_payment_method: text,
    description: textUpTo(500),
    metadata,
    off_session: flag,
    payment_behavior: BEHAVIOR,
    proration_behavior: PRORATION,
    trial_end: either(oneOf("now"), TIME),
    trial_period_days: integer(0, 730),
    trial_settings: TRIAL_SETTINGS,
  },
);

/** Changes of items; also what a preview takes. */
export const ITEM_CHANGES = listOf(
  hash({}, { id: text, price: text, quantity: QUANTITY, deleted: flag, metadata }),
  20,
);

const CHANGE = hash(
  {},
  {
    billing_cycle_anchor: either(
      oneOf("now", "unchanged"),
      hash({ type: oneOf("now", "unchanged") }, {}),
    ),
    cancel_at: emptyable(TIME),
    cancel_at_period_end: flag,
    cancellation_details: DETAILS,
    default_payment_method: emptyable(text),
    description: emptyable(textUpTo(500)),
    items: ITEM_CHANGES,
    metadata,
    off_session: flag,
    payment_behavior: BEHAVIOR,
    proration_behavior: PRORATION,
    proration_date: TIME,
    trial_end: either(oneOf("now"), TIME),
    trial_settings: TRIAL_SETTINGS,
  },
);

const CANCELLATION = hash({}, { cancellation_details: DETAILS, invoice_now: flag, prorate: flag });

const STATUS = oneOf(
  ...["active", "past_due", "unpaid", "canceled", "incomplete", "incomplete_expired"],
  ...["trialing", "all", "ended"],
);
const LISTING = hash(
  {},
  { ...PAGING, created: CREATED, customer: text, price: text, status: STATUS, test_clock: text },
);

export const subscriptionRoutes = [
  post("subscriptions", create),
  get("subscriptions", listAll),
  get("subscriptions/search", (call) =>
    search(call, "subscription", call.account.store.subscriptions.all()),
  ),
  get("subscriptions/:id", ({ account, id }) => getSubscription(account, id)),
  post("subscriptions/:id", update),
  del("subscriptions/:id", cancel),
];

function create({ account, params }: Call): Subscription {
  const input = read(params, NEW);
  const customer = getCustomer(account, input.customer, "customer");
  const now = account.time.now(customer.test_clock);
  requireOneAtMost(input, ["trial_end", "trial_period_days"]);
  requireOneAtMost(input, ["cancel_at", "cancel_at_period_end"]);
  const days = input.trial_period_days;
  const trialEnd = days ? now + days * DAY : input.trial_end === "now" ? null : input.trial_end;
  return createSubscription(account, customer, {
    items: input.items.map((item, i) => ({
      price: getRecurringPrice(account, item.price, `items[${i}][price]`),
      quantity: item.quantity,
      metadata: mergeMetadata({}, item.metadata),
    })),
    trialEnd: trialEnd ?? null,
    endAt: input.cancel_at_period_end ? "period_end" : input.cancel_at,
    metadata: mergeMetadata({}, input.metadata),
    description: input.description,
    defaultPaymentMethod: input.default_payment_method,
    missingPaymentMethod: input.trial_settings?.end_behavior.missing_payment_method,
    errorIfIncomplete: input.payment_behavior === "error_if_incomplete",
  });
}

function update({ account, id, params }: Call): Subscription {
  const before = getSubscription(account, id);
  return changeSubscription(account, before, readChange(account, before, params));
}

/** The change that the parameters of an update describe. */
export function readChange(
  account: Account,
  before: Subscription,
  params: Call["params"],
): SubscriptionChange {
  const input = read(params, CHANGE);
  requireOneAtMost(input, ["cancel_at", "cancel_at_period_end"]);
  const anchor = input.billing_cycle_anchor;
  return {
    items: input.items?.map(({ price, metadata: change, ...item }, i) => ({
      ...item,
      ...(price === undefined
        ? {}
        : { price: getRecurringPrice(account, price, `items[${i}][price]`) }),
      ...(change === undefined
        ? {}
        : {
            metadata: mergeMetadata(
              before.items.data.find((old) => old.id === item.id)?.metadata ?? {},
              change,
            ),
          }),
    })),
    prorationBehavior: input.proration_behavior,
    prorationDate: input.proration_date,
    trialEnd: input.trial_end,
    endAt: endAt(before, input.cancel_at_period_end, input.cancel_at),
    cancellationDetails: input.cancellation_details,
    restartCycle: (typeof anchor === "string" ? anchor : anchor?.type) === "now",
    errorIfIncomplete: input.payment_behavior === "error_if_incomplete",
    fields: fields(account, before, input),
  };
}

function endAt(
  before: Subscription,
  atPeriodEnd: boolean | undefined,
  at: number | null | undefined,
): SubscriptionChange["endAt"] {
  if (atPeriodEnd === true) return "period_end";
  if (at !== undefined) return at;
  // "false" takes back what "true" has set, and nothing else.
  return atPeriodEnd === false && before.cancel_at_period_end ? null : undefined;
}

function fields(
  account: Account,
  before: Subscription,
  input: ReturnType<typeof CHANGE>,
): SubscriptionChange["fields"] {
  const { description, metadata: change, default_payment_method: method } = input;
  const behavior = input.trial_settings?.end_behavior;
  return {
    ...(description === undefined ? {} : { description }),
    ...(change === undefined ? {} : { metadata: mergeMetadata(before.metadata, change) }),
    ...(method === undefined
      ? {}
      : { default_payment_method: method && methodId(account, before, method) }),
    ...(behavior && before.trial_settings
      ? {
          trial_settings: {
            end_behavior: { ...before.trial_settings.end_behavior, ...behavior },
          },
        }
      : {}),
  };
}

function methodId(account: Account, { customer }: Subscription, id: string): string {
  const owner = getCustomer(account, customer, "customer");
  return paymentMethodOf(account, owner, id, "default_payment_method").id;
}

function cancel({ account, id, params }: Call): Subscription {
  const input = read(params, CANCELLATION);
  const subscription = getSubscription(account, id);
  if (hasEnded(subscription)) throw noSuch("subscription", id);
  return cancelNow(account, subscription, {
    ...input.cancellation_details,
    reason: "cancellation_requested",
  });
}

function listAll({ account, params }: Call): object {
  const { created, customer, price, status, test_clock, ...paging } = read(params, LISTING);
  const { store } = account;
  const all =
    customer === undefined
      ? store.subscriptions.all()
      : store.subscriptions.list("customer", customer);
  const found = all.filter(
    (subscription) =>
      isWithin(subscription.created, created) &&
      hasStatus(subscription, status) &&
      (price === undefined || subscription.items.data.some((item) => item.price.id === price)) &&
      (test_clock === undefined || subscription.test_clock === test_clock),
  );
  return page(found, paging, "/v1/subscriptions");
}

function hasStatus(subscription: Subscription, wanted: string | undefined): boolean {
  if (wanted === "all") return true;
  if (wanted === "ended") return hasEnded(subscription);
  return wanted === undefined ? subscription.status !== "canceled" : subscription.status === wanted;
}
