import type { Account } from "../account.ts";
import { invalid, noSuch, notHere } from "../errors.ts";
import type { Price, Subscription, SubscriptionItem } from "../wire.ts";

type Recurring = NonNullable<Price["recurring"]>;

/** A price that can be subscribed to. Throws 400 for any other. */
export type RecurringPrice = Price & { recurring: Recurring; unit_amount: number };

export function getRecurringPrice({ store }: Account, id: string, param: string): RecurringPrice {
  const price = store.prices.get(id);
  if (!price) throw noSuch("price", id, param);
  if (!price.active) {
    throw invalid(`The price specified is inactive. This field only accepts active prices.`, {
      param,
    });
  }
  return asRecurring(price, param);
}

/** The same price, known to recur and to have an amount. */
export function asRecurring(price: Price, param = "price"): RecurringPrice {
  const { recurring, unit_amount } = price;
  if (!recurring) {
    throw invalid(
      "The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.",
      { param },
    );
  }
  if (unit_amount === null) throw notHere("prices with a fraction of a cent", param);
  return { ...price, recurring, unit_amount };
}

/** The older form of a price, which subscription items still carry. */
export function planOf(price: RecurringPrice): SubscriptionItem["plan"] {
  const { interval, interval_count, meter, trial_period_days, usage_type } = price.recurring;
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval,
    interval_count,
    livemode: false,
    metadata: price.metadata,
    meter,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days,
    usage_type,
  };
}

/** What an item costs for a whole period, in cents. */
export function amountOf({
  price,
  quantity = 1,
}: Pick<SubscriptionItem, "price" | "quantity">): number {
  return (price.unit_amount ?? 0) * quantity;
}

/** The interval that all items of a subscription share. */
export function intervalOf({ items }: Pick<Subscription, "items">): Recurring {
  const [first] = items.data;
  if (!first?.price.recurring) throw new Error("A subscription without a recurring item.");
  return first.price.recurring;
}

/** The current period of a subscription's items, which they share. */
export function periodOf({ items }: Pick<Subscription, "items">): { start: number; end: number } {
  const [first] = items.data;
  if (!first) throw new Error("A subscription without an item.");
  return { start: first.current_period_start, end: first.current_period_end };
}

const SYMBOLS: Record<string, string> = { usd: "$", eur: "€", gbp: "£" };
/** Currencies that have no cents. */
const WHOLE = new Set([
  "jpy",
  "krw",
  "clp",
  "vnd",
  "xof",
  "xaf",
  "ugx",
  "pyg",
  "rwf",
  "kmf",
  "gnf",
  "djf",
  "bif",
  "mga",
  "vuv",
  "xpf",
]);

/** An amount for people, as "$99.00". */
export function money(amount: number, currency: string): string {
  const digits = WHOLE.has(currency) ? 0 : 2;
  const value = (Math.abs(amount) / 10 ** digits).toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const symbol = SYMBOLS[currency] ?? `${currency.toUpperCase()} `;
  return `${amount < 0 ? "-" : ""}${symbol}${value}`;
}

/** "month", or "3 months". */
export function intervalText({ interval, interval_count }: Recurring): string {
  return interval_count === 1 ? interval : `${interval_count} ${interval}s`;
}

export function productName({ store }: Account, price: Price): string {
  return store.products.get(price.product)?.name ?? "a product";
}
