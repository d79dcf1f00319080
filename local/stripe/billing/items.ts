/** A subscription's items: what is sold, how often and how many. */
import { randomId } from "../../storage/ids.ts";
import { invalid } from "../errors.ts";
import { list, type List, type SubscriptionItem } from "../wire.ts";
import type { Period } from "./periods.ts";
import { planOf, type RecurringPrice } from "./prices.ts";

/** Stripe's limit. */
const MAX_ITEMS = 20;

export interface NewItem {
  price: RecurringPrice;
  quantity?: number;
  metadata?: Record<string, string>;
}

export function makeItem(
  subscriptionId: string,
  { price, quantity = 1, metadata = {} }: NewItem,
  period: Period,
  created: number,
): SubscriptionItem {
  return {
    id: randomId("si"),
    object: "subscription_item",
    billing_thresholds: null,
    created,
    current_period_end: period.end,
    current_period_start: period.start,
    current_trial: null,
    discounts: [],
    metadata,
    plan: planOf(price),
    price,
    quantity,
    subscription: subscriptionId,
    tax_rates: [],
  };
}

export function itemList(
  subscriptionId: string,
  items: SubscriptionItem[],
): List<SubscriptionItem> {
  return list(items, `/v1/subscription_items?subscription=${subscriptionId}`);
}

export function withPeriod(item: SubscriptionItem, { start, end }: Period): SubscriptionItem {
  return { ...item, current_period_start: start, current_period_end: end };
}

/** Throws 400 unless there are items, of different prices, in one currency and with one interval. */
export function requireFittingItems(items: Pick<SubscriptionItem, "price">[]): void {
  const [first] = items;
  if (!first)
    throw invalid("A subscription must have at least one active plan.", { param: "items" });
  if (items.length > MAX_ITEMS) {
    throw invalid(`Subscriptions can have up to ${MAX_ITEMS} items.`, { param: "items" });
  }
  if (new Set(items.map(({ price }) => price.id)).size < items.length) {
    throw invalid("Cannot add multiple subscription items with the same plan.", { param: "items" });
  }
  for (const { price } of items) {
    if (price.currency !== first.price.currency) {
      throw invalid("All prices of a subscription must use the same currency.", { param: "items" });
    }
    if (
      price.recurring?.interval !== first.price.recurring?.interval ||
      price.recurring?.interval_count !== first.price.recurring?.interval_count
    ) {
      throw invalid(
        "All prices on a subscription must have the same `recurring.interval` and `recurring.interval_count`.",
        { param: "items" },
      );
    }
  }
}
