/** The lines of invoices: whole periods, trials, and the parts of periods that a change leaves. */
import { randomId } from "../../storage/ids.ts";
import type { Account } from "../account.ts";
import type { InvoiceLine, Price, Subscription, SubscriptionItem } from "../wire.ts";
import type { Period } from "./periods.ts";
import { amountOf, intervalText, money, productName } from "./prices.ts";
import type { PendingItem } from "./prorations.ts";

interface LineInput {
  amount: number;
  description: string;
  period: Period;
  price: Price;
  quantity: number;
  subscription: Subscription;
  item: string;
  /** The pending item that it was, for a proration. */
  invoiceItem?: string;
}

function line(input: LineInput): InvoiceLine {
  const { amount, price, subscription, invoiceItem } = input;
  return {
    id: randomId("il"),
    object: "line_item",
    amount,
    currency: price.currency,
    description: input.description,
    discount_amounts: [],
    discountable: invoiceItem === undefined,
    discounts: [],
    invoice: null,
    livemode: false,
    metadata: subscription.metadata,
    parent: {
      type: "subscription_item_details",
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: invoiceItem ?? null,
        proration: invoiceItem !== undefined,
        proration_details: { credited_items: null },
        subscription: subscription.id,
        subscription_item: input.item,
      },
    },
    period: input.period,
    pretax_credit_amounts: [],
    pricing: {
      type: "price_details",
      price_details: { price: price.id, product: price.product },
      unit_amount_decimal: price.unit_amount_decimal,
    },
    quantity: input.quantity,
    quantity_decimal: String(input.quantity),
    subscription: subscription.id,
    subtotal: amount,
    taxes: [],
  };
}

/** An item for a whole period. */
export function periodLine(
  account: Account,
  subscription: Subscription,
  item: SubscriptionItem,
  period: Period,
): InvoiceLine {
  const { price, quantity = 1 } = item;
  const each = `${money(price.unit_amount ?? 0, price.currency)} / ${price.recurring ? intervalText(price.recurring) : "period"}`;
  return line({
    amount: amountOf(item),
    description: `${quantity} × ${productName(account, price)} (at ${each})`,
    period,
    price,
    quantity,
    subscription,
    item: item.id,
  });
}

/** An item for a trial, which costs nothing. */
export function trialLine(
  account: Account,
  subscription: Subscription,
  item: SubscriptionItem,
  period: Period,
): InvoiceLine {
  return line({
    amount: 0,
    description: `Trial period for ${productName(account, item.price)}`,
    period,
    price: item.price,
    quantity: item.quantity ?? 1,
    subscription,
    item: item.id,
  });
}

/** What a change left to be invoiced. */
export function pendingLine(subscription: Subscription, pending: PendingItem): InvoiceLine {
  return line({
    amount: pending.amount,
    description: pending.description,
    period: pending.period,
    price: pending.price,
    quantity: pending.quantity,
    subscription,
    item: pending.item,
    invoiceItem: pending.id,
  });
}
