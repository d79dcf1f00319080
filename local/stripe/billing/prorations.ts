/** What a change in the middle of a period leaves to be invoiced: a credit and a charge for its rest. */
import { randomId } from "../../storage/ids.ts";
import type { Account } from "../account.ts";
import type { Price, Subscription, SubscriptionItem } from "../wire.ts";
import { shareOfRest, type Period } from "./periods.ts";
import { amountOf, productName } from "./prices.ts";

export interface PendingItem {
  id: string;
  subscription: string;
  /** The subscription item's id. */
  item: string;
  /** In cents; negative for a credit. */
  amount: number;
  description: string;
  period: Period;
  price: Price;
  quantity: number;
}

/** Credits the rest of the period of an item that goes or changes. */
export function creditRest(
  account: Account,
  subscription: Subscription,
  item: SubscriptionItem,
  from: number,
): void {
  add(account, subscription, item, from, -1, "Unused time on");
}

/** Charges the rest of the period for an item that comes or has changed. */
export function chargeRest(
  account: Account,
  subscription: Subscription,
  item: SubscriptionItem,
  from: number,
): void {
  add(account, subscription, item, from, 1, "Remaining time on");
}

function add(
  account: Account,
  subscription: Subscription,
  item: SubscriptionItem,
  from: number,
  sign: 1 | -1,
  words: string,
): void {
  const period = { start: item.current_period_start, end: item.current_period_end };
  const day = new Date(from * 1000).toLocaleDateString("en-GB", {
    day: "2-digit",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });
  account.store.pendingItems.put({
    id: randomId("ii"),
    subscription: subscription.id,
    item: item.id,
    // Negative zero would travel as 0 but compare as another value.
    amount: sign * shareOfRest(amountOf(item), period, from) || 0,
    description: `${words} ${productName(account, item.price)} after ${day}`,
    period: { start: from, end: period.end },
    price: item.price,
    quantity: item.quantity ?? 1,
  });
}

/** The subscription's pending items, which are then no longer pending. */
export function takePendingItems({ store }: Account, subscription: Subscription): PendingItem[] {
  const items = store.pendingItems.list("subscription", subscription.id);
  for (const { id } of items) store.pendingItems.delete(id);
  return items;
}
