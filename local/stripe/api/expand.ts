/** `expand`: puts objects in the place of their ids, up to four levels deep. */
import type { Account } from "../account.ts";
import { customersSubscriptions } from "../billing/customers.ts";
import { checkoutLines } from "../billing/checkout.ts";
import { invalid, type StripeError } from "../errors.ts";

type Node = Record<string, unknown>;
const MAX_DEPTH = 4;

/** A copy of the answer with these paths expanded. Throws 400 for a path that cannot be. */
export function expand(account: Account, answer: object, paths: string[]): object {
  if (paths.length === 0) return answer;
  const copy = structuredClone(answer) as Node;
  for (const path of paths) {
    const names = path.split(".");
    if (names.length > MAX_DEPTH) {
      throw invalid("You cannot expand more than 4 levels of a property.", { param: "expand" });
    }
    expandIn(account, copy, names, path);
  }
  return copy;
}

function expandIn(
  account: Account,
  node: Node,
  [name = "", ...rest]: string[],
  path: string,
): void {
  if (!/^[a-z][a-z_]*$/.test(name)) throw notExpandable(path);
  if (!Object.hasOwn(node, name)) node[name] = included(account, node, name);
  const value = node[name];
  if (typeof value === "string") node[name] = lookUp(account, name, value);
  const inner = node[name];
  if (inner === undefined) throw notExpandable(path);
  if (rest.length === 0) return;
  for (const child of Array.isArray(inner) ? inner : [inner]) {
    if (typeof child === "object" && child !== null) {
      expandIn(account, child as Node, rest, path);
    }
  }
}

const notExpandable = (path: string): StripeError =>
  invalid(`This property cannot be expanded (${path}).`, { param: "expand" });

/** What Stripe leaves out of an object unless asked. */
function included(account: Account, node: Node, name: string): unknown {
  const kind = `${String(node["object"])}.${name}`;
  if (kind === "customer.subscriptions") return customersSubscriptions(account, String(node["id"]));
  if (kind === "checkout.session.line_items") return checkoutLines(account, String(node["id"]));
  return undefined;
}

/** A copy of the object with this id; undefined when the text is no id. */
function lookUp({ store }: Account, name: string, id: string): object | undefined {
  // Alone among ids, a product's may be of the seller's choice.
  if (name === "product") return store.products.get(id);
  const collections = {
    cus: store.customers,
    price: store.prices,
    pm: store.paymentMethods,
    sub: store.subscriptions,
    in: store.invoices,
    clock: store.testClocks,
  };
  const prefix = /^([a-z]+)_/.exec(id)?.[1] ?? "";
  return Object.hasOwn(collections, prefix)
    ? collections[prefix as keyof typeof collections].get(id)
    : undefined;
}
