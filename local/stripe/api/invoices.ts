import { mergeMetadata } from "../billing/metadata.ts";
import {
  finalizeInvoice,
  getInvoice,
  giveUpInvoice,
  invoicesOf,
  saveInvoice,
} from "../billing/invoices.ts";
import { payInvoice } from "../billing/payment.ts";
import { previewInvoice } from "../billing/preview.ts";
import { getSubscription } from "../billing/subscriptionRecords.ts";
import type { Invoice } from "../wire.ts";
import { get, post, type Answer, type Call } from "./call.ts";
import { CREATED, isWithin, page, PAGING } from "./lists.ts";
import { emptyable, flag, hash, metadata, oneOf, read, text } from "./readers.ts";
import { search } from "./search.ts";
import { readChange } from "./subscriptions.ts";

const CHANGE = hash({}, { description: emptyable(text), metadata });
const PAYMENT = hash({}, { off_session: flag, payment_method: text });
const LISTING = hash(
  {},
  {
    ...PAGING,
    created: CREATED,
    customer: text,
    status: oneOf("draft", "open", "paid", "uncollectible", "void"),
    subscription: text,
  },
);

export const invoiceRoutes = [
  get("invoices", listAll),
  get("invoices/search", (call) => search(call, "invoice", call.account.store.invoices.all())),
  post("invoices/create_preview", preview),
  get("invoices/:id", ({ account, id }) => getInvoice(account, id)),
  post("invoices/:id", update),
  get("invoices/:id/lines", lines),
  post("invoices/:id/finalize", ({ account, id }) =>
    finalizeInvoice(account, getInvoice(account, id)),
  ),
  post("invoices/:id/pay", pay),
  post("invoices/:id/void", ({ account, id }) =>
    giveUpInvoice(account, getInvoice(account, id), "void"),
  ),
  post("invoices/:id/mark_uncollectible", ({ account, id }) =>
    giveUpInvoice(account, getInvoice(account, id), "uncollectible"),
  ),
];

/** A refusal is returned, not thrown: the attempt has been made. */
function pay({ account, id, params }: Call): Answer {
  const { payment_method } = read(params, PAYMENT);
  const invoice = getInvoice(account, id);
  const open = invoice.status === "draft" ? finalizeInvoice(account, invoice) : invoice;
  const refusal = payInvoice(account, open, { methodId: payment_method, byHand: true });
  return refusal ?? getInvoice(account, id);
}

function update({ account, id, params }: Call): Invoice {
  const { metadata: change, ...input } = read(params, CHANGE);
  const before = getInvoice(account, id);
  const after = { ...before, ...input, metadata: mergeMetadata(before.metadata ?? {}, change) };
  return saveInvoice(account, after, "invoice.updated");
}

function lines({ account, id, params }: Call): object {
  const { data, url } = getInvoice(account, id).lines;
  return page(data.toReversed(), read(params, hash({}, PAGING)), url);
}

function preview({ account, params }: Call): Invoice {
  const { customer, subscription, subscription_details: details = {}, ...rest } = params;
  read(rest, hash({}, {}));
  const id = subscription === undefined ? undefined : text(subscription, "subscription");
  const owner = customer === undefined ? undefined : text(customer, "customer");
  return previewInvoice(account, { customer: owner, subscription: id }, (current) => {
    const inner = typeof details === "string" ? {} : details;
    return readChange(account, current, inner);
  });
}

function listAll({ account, params }: Call): object {
  const { created, customer, status, subscription, ...paging } = read(params, LISTING);
  const { store } = account;
  const all =
    subscription !== undefined
      ? invoicesOf(account, getSubscription(account, subscription, "subscription"))
      : customer !== undefined
        ? store.invoices.list("customer", customer)
        : store.invoices.all();
  const found = all.filter(
    (invoice) =>
      isWithin(invoice.created, created) &&
      (customer === undefined || invoice.customer === customer) &&
      (status === undefined || invoice.status === status),
  );
  return page(found, paging, "/v1/invoices");
}
