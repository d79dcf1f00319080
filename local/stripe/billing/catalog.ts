/** Products and their prices. */
import { randomId } from "../../storage/ids.ts";
import type { Account } from "../account.ts";
import { mergeMetadata } from "./metadata.ts";
import { invalid, noSuch, notHere } from "../errors.ts";
import { emit } from "../events/events.ts";
import type { Price, Product } from "../wire.ts";

type IntervalName = "day" | "week" | "month" | "year";

/** At most three years, Stripe's limit. */
const LONGEST: Record<IntervalName, number> = { day: 1095, week: 156, month: 36, year: 3 };

export interface NewPrice {
  product: string;
  currency: string;
  /** In cents. */
  unit_amount?: number;
  recurring?: {
    interval: IntervalName;
    interval_count?: number;
    usage_type?: "licensed" | "metered";
  };
  metadata?: Record<string, string> | null;
  active?: boolean;
  lookup_key?: string;
  transfer_lookup_key?: boolean;
  nickname?: string;
  tax_behavior?: "exclusive" | "inclusive" | "unspecified";
  billing_scheme?: "per_unit";
}

/** A product with nothing but a name. */
function newProduct(
  id: string,
  name: string,
  given: Record<string, string>,
  created: number,
): Product {
  return {
    id,
    object: "product",
    active: true,
    created,
    default_price: null,
    description: null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: given,
    name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: "service",
    unit_label: null,
    updated: created,
    url: null,
  };
}

/** Writes a new product; `fields` beside the name. */
export function addProduct(
  account: Account,
  name: string,
  metadata: Record<string, string>,
  fields: Partial<Product> = {},
): Product {
  const created = account.time.now(null);
  const product: Product = {
    ...newProduct(randomId("prod"), name, metadata, created),
    ...fields,
  };
  account.store.products.put(product);
  emit(account, "product.created", product, { created });
  return product;
}

/** Writes a new price. `within` names the hash that it came in, for errors. */
export function addPrice(account: Account, input: NewPrice, within?: string): Price {
  const {
    transfer_lookup_key: transfers,
    metadata: given,
    recurring,
    unit_amount,
    ...fields
  } = input;
  const param = (name: string): string => (within ? `${within}[${name}]` : name);
  if (unit_amount === undefined) {
    throw invalid("Prices require an `unit_amount` or `unit_amount_decimal` parameter to be set.", {
      code: "parameter_missing",
      param: param("unit_amount"),
    });
  }
  if (recurring?.usage_type === "metered") throw notHere("metered prices", param("recurring"));
  if (recurring && (recurring.interval_count ?? 1) > LONGEST[recurring.interval]) {
    throw invalid("The billing interval can be at most three years.", {
      param: param("recurring[interval_count]"),
    });
  }
  if (fields.lookup_key) takeLookupKey(account, fields.lookup_key, transfers ?? false);
  const created = account.time.now(null);
  const price: Price = {
    id: randomId("price"),
    object: "price",
    active: true,
    billing_scheme: "per_unit",
    created,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: mergeMetadata({}, given),
    nickname: null,
    recurring: recurring
      ? {
          interval: recurring.interval,
          interval_count: recurring.interval_count ?? 1,
          meter: null,
          trial_period_days: null,
          usage_type: "licensed",
        }
      : null,
    tax_behavior: "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: recurring ? "recurring" : "one_time",
    unit_amount,
    unit_amount_decimal: String(unit_amount),
    ...fields,
  };
  account.store.prices.put(price);
  emit(account, "price.created", price, { created });
  return price;
}

/** Frees a lookup key, which only one price can have. Throws 400 unless it may be taken from another. */
export function takeLookupKey(account: Account, key: string, transfers: boolean): void {
  const owner = account.store.prices.find("lookup_key", key);
  if (!owner) return;
  if (!transfers) {
    throw invalid(
      `A price (\`${owner.id}\`) already uses that lookup key. You can transfer it from the existing price to the new one by setting \`transfer_lookup_key=true\`.`,
      { param: "lookup_key" },
    );
  }
  savePrice(account, owner.id, { lookup_key: null });
}

export interface CatalogEntry {
  lookupKey: string;
  productName: string;
  /** In cents. */
  unitAmount: number;
  currency: string;
  interval: IntervalName;
}

/**
 * The id of the price with this lookup key. Another amount makes another price, as at Stripe; the old
 * one goes on for those who have it, and is sold no more.
 */
export function ensurePrice(account: Account, entry: CatalogEntry): string {
  const { lookupKey, productName, unitAmount, currency, interval } = entry;
  const current = account.store.prices.find("lookup_key", lookupKey);
  if (current?.unit_amount === unitAmount && current.currency === currency) return current.id;
  const product = current?.product ?? addProduct(account, productName, {}).id;
  const price = addPrice(account, {
    product,
    currency,
    unit_amount: unitAmount,
    recurring: { interval },
    lookup_key: lookupKey,
    transfer_lookup_key: true,
  });
  if (current) savePrice(account, current.id, { active: false });
  return price.id;
}

/** Writes the changed price and tells it. */
export function savePrice(account: Account, id: string, change: Partial<Price>): Price {
  const before = account.store.prices.get(id);
  if (!before) throw noSuch("price", id);
  const after: Price = { ...before, ...change };
  account.store.prices.put(after);
  emit(account, "price.updated", after, { before, created: account.time.now(null) });
  return after;
}
