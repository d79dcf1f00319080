import { mergeMetadata } from "../billing/metadata.ts";
import { invalid, noSuch } from "../errors.ts";
import { addPrice, addProduct } from "../billing/catalog.ts";
import { emit } from "../events/events.ts";
import type { Account } from "../account.ts";
import type { Product } from "../wire.ts";
import { del, get, post, type Call } from "./call.ts";
import { CREATED, isWithin, page, PAGING } from "./lists.ts";
import { PRICE_DATA } from "./prices.ts";
import { emptyable, flag, hash, listOf, metadata, read, text, textUpTo } from "./readers.ts";
import { search } from "./search.ts";

const FIELDS = {
  active: flag,
  description: emptyable(textUpTo(40_000)),
  images: listOf(text, 8),
  marketing_features: listOf(hash({ name: textUpTo(80) }, {}), 15),
  metadata,
  statement_descriptor: emptyable(textUpTo(22)),
  unit_label: emptyable(textUpTo(12)),
  url: emptyable(text),
};
const NEW = hash({ name: textUpTo(250) }, { ...FIELDS, id: text, default_price_data: PRICE_DATA });
const CHANGE = hash({}, { ...FIELDS, name: textUpTo(250), default_price: emptyable(text) });
const LISTING = hash({}, { ...PAGING, active: flag, created: CREATED, ids: listOf(text) });

export const productRoutes = [
  post("products", create),
  get("products", listAll),
  get("products/search", (call) => search(call, "product", call.account.store.products.all())),
  get("products/:id", ({ account, id }) => getProduct(account, id)),
  post("products/:id", update),
  del("products/:id", remove),
];

export function getProduct({ store }: Account, id: string, param = "id"): Product {
  const product = store.products.get(id);
  if (!product) throw noSuch("product", id, param);
  return product;
}

function create({ account, params }: Call): Product {
  const { default_price_data: priceData, metadata: given, name, ...input } = read(params, NEW);
  if (input.id !== undefined && account.store.products.get(input.id)) {
    const details = { code: "resource_already_exists", param: "id" };
    throw invalid(`Product already exists: ${input.id}`, details);
  }
  const product = addProduct(account, name, mergeMetadata({}, given), input);
  if (!priceData) return product;
  const price = addPrice(account, { ...priceData, product: product.id }, "default_price_data");
  const complete: Product = { ...product, default_price: price.id };
  account.store.products.put(complete);
  return complete;
}

function update({ account, id, params }: Call): Product {
  const { metadata: change, ...input } = read(params, CHANGE);
  const before = getProduct(account, id);
  const created = account.time.now(null);
  if (input.default_price && account.store.prices.get(input.default_price)?.product !== id) {
    throw noSuch("price", input.default_price, "default_price");
  }
  const after: Product = {
    ...before,
    ...input,
    metadata: mergeMetadata(before.metadata, change),
    updated: created,
  };
  account.store.products.put(after);
  emit(account, "product.updated", after, { before, created });
  return after;
}

function remove({ account, id }: Call): object {
  const product = getProduct(account, id);
  if (account.store.prices.find("product", id)) {
    throw invalid("This product cannot be deleted because it has one or more user-created prices.");
  }
  account.store.products.delete(id);
  emit(account, "product.deleted", product, { created: account.time.now(null) });
  return { id, object: "product", deleted: true };
}

function listAll({ account, params }: Call): object {
  const { active, created, ids, ...paging } = read(params, LISTING);
  const found = account.store.products
    .all()
    .filter(
      (product) =>
        (active === undefined || product.active === active) &&
        (ids === undefined || ids.includes(product.id)) &&
        isWithin(product.created, created),
    );
  return page(found, paging, "/v1/products");
}
