import type { Account } from "../account.ts";
import { mergeMetadata } from "../billing/metadata.ts";
import { invalid, noSuch } from "../errors.ts";
import { addPrice, addProduct, savePrice, takeLookupKey } from "../billing/catalog.ts";
import type { Price } from "../wire.ts";
import { get, post, type Call } from "./call.ts";
import { CREATED, isWithin, page, PAGING } from "./lists.ts";
import {
  emptyable,
  flag,
  hash,
  integer,
  listOf,
  metadata,
  oneOf,
  read,
  text,
  textUpTo,
  type Reader,
} from "./readers.ts";
import { search } from "./search.ts";

const INTERVAL = oneOf("day", "week", "month", "year");

const CURRENCY: Reader<string> = (value, name) => {
  const currency = text(value, name).toLowerCase();
  if (/^[a-z]{3}$/.test(currency)) return currency;
  throw invalid(`Invalid currency: ${currency}`, { param: name });
};

const RECURRING = hash(
  { interval: INTERVAL },
  { interval_count: integer(1), usage_type: oneOf("licensed", "metered") },
);
const AMOUNT = {
  metadata,
  recurring: RECURRING,
  tax_behavior: oneOf("exclusive", "inclusive", "unspecified"),
  unit_amount: integer(0, 99_999_999),
};

/** A price inside of another object. */
export const PRICE_DATA = hash({ currency: CURRENCY }, AMOUNT);

const NEW = hash(
  { currency: CURRENCY },
  {
    ...AMOUNT,
    active: flag,
    billing_scheme: oneOf("per_unit"),
    lookup_key: textUpTo(200),
    nickname: text,
    product: text,
    product_data: hash({ name: textUpTo(250) }, { metadata }),
    transfer_lookup_key: flag,
  },
);
const CHANGE = hash(
  {},
  {
    active: flag,
    lookup_key: emptyable(textUpTo(200)),
    metadata,
    nickname: emptyable(text),
    transfer_lookup_key: flag,
  },
);
const LISTING = hash(
  {},
  {
    ...PAGING,
    active: flag,
    created: CREATED,
    currency: CURRENCY,
    lookup_keys: listOf(text, 10),
    product: text,
    recurring: hash({}, { interval: INTERVAL }),
    type: oneOf("one_time", "recurring"),
  },
);

export const priceRoutes = [
  post("prices", create),
  get("prices", listAll),
  get("prices/search", (call) => search(call, "price", call.account.store.prices.all())),
  get("prices/:id", ({ account, id }) => getPrice(account, id)),
  post("prices/:id", update),
];

function getPrice({ store }: Account, id: string): Price {
  const price = store.prices.get(id);
  if (!price) throw noSuch("price", id);
  return price;
}

function create({ account, params }: Call): Price {
  const { product_data: productData, product, ...input } = read(params, NEW);
  if ((product === undefined) === (productData === undefined)) {
    throw invalid("You must specify exactly one of `product` or `product_data`.", {
      param: "product",
    });
  }
  if (product !== undefined) {
    if (!account.store.products.get(product)) throw noSuch("product", product, "product");
    return addPrice(account, { ...input, product });
  }
  const { name = "", metadata: given } = productData ?? {};
  const { id } = addProduct(account, name, mergeMetadata({}, given));
  return addPrice(account, { ...input, product: id });
}

function update({ account, id, params }: Call): Price {
  const { transfer_lookup_key: transfers, metadata: change, ...input } = read(params, CHANGE);
  const before = getPrice(account, id);
  if (input.lookup_key && input.lookup_key !== before.lookup_key) {
    takeLookupKey(account, input.lookup_key, transfers ?? false);
  }
  return savePrice(account, id, { ...input, metadata: mergeMetadata(before.metadata, change) });
}

function listAll({ account, params }: Call): object {
  const { active, created, currency, lookup_keys, product, recurring, type, ...paging } = read(
    params,
    LISTING,
  );
  const found = account.store.prices
    .all()
    .filter(
      (price) =>
        (active === undefined || price.active === active) &&
        isWithin(price.created, created) &&
        (currency === undefined || price.currency === currency) &&
        (lookup_keys === undefined || lookup_keys.includes(price.lookup_key ?? "")) &&
        (product === undefined || price.product === product) &&
        (recurring?.interval === undefined || price.recurring?.interval === recurring.interval) &&
        (type === undefined || price.type === type),
    );
  return page(found, paging, "/v1/prices");
}
