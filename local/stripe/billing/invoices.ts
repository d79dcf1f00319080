/** Invoices from draft to the day they are paid, void or uncollectible. What is charged is in payment.ts. */
import { randomId } from "../../storage/ids.ts";
import { newSecret } from "../../storage/secrets.ts";
import type { Account } from "../account.ts";
import { invalid, noSuch } from "../errors.ts";
import { emit } from "../events/events.ts";
import { setTimer } from "../timers.ts";
import {
  list,
  type Customer,
  type EventType,
  type Invoice,
  type InvoiceLine,
  type Subscription,
} from "../wire.ts";
import { clockOf, getCustomer, saveCustomer } from "./customers.ts";
import type { Period } from "./periods.ts";

export interface DraftInput {
  customer: Customer;
  subscription: Subscription;
  reason: "subscription_create" | "subscription_cycle" | "subscription_update";
  lines: InvoiceLine[];
  period: Period;
  /** When it finalizes by itself (seconds since 1970); null when its maker does that at once. */
  finalizesAt: number | null;
}

export function getInvoice({ store }: Account, id: string, param = "id"): Invoice {
  const invoice = store.invoices.get(id);
  if (!invoice) throw noSuch("invoice", id, param);
  return invoice;
}

/** The subscription that an invoice bills. */
export function subscriptionOf({ store }: Account, invoice: Invoice): Subscription | undefined {
  const id = invoice.parent?.subscription_details?.subscription;
  return id ? store.subscriptions.get(id) : undefined;
}

/** The subscription's invoices, oldest first. */
export function invoicesOf({ store }: Account, subscription: Subscription): Invoice[] {
  return store.invoices
    .list("customer", subscription.customer)
    .filter(({ parent }) => parent?.subscription_details?.subscription === subscription.id);
}

/** Writes the changed invoice and tells what happened to it. */
export function saveInvoice(account: Account, after: Invoice, ...types: EventType[]): Invoice {
  const before = account.store.invoices.get(after.id);
  account.store.invoices.put(after);
  const created = account.time.now(clockOf(account, after.customer));
  for (const type of types) {
    emit(account, type, after, {
      before: type === "invoice.updated" ? before : undefined,
      created,
    });
  }
  return after;
}

/** Sets when the invoice is finalized or charged next; null for never. */
export function collectAt(account: Account, invoice: Invoice, at: number | null): void {
  setTimer(account, "collect_invoice", invoice.id, at, clockOf(account, invoice.customer));
}

export function draftInvoice(account: Account, input: DraftInput): Invoice {
  const { customer, subscription, reason, period, finalizesAt } = input;
  const now = account.time.now(customer.test_clock);
  const id = randomId("in");
  const lines = input.lines.map((entry) => ({ ...entry, invoice: id }));
  const total = lines.reduce((sum, { amount }) => sum + amount, 0);
  const due = Math.max(0, total + customer.balance);
  const invoice: Invoice = {
    id,
    object: "invoice",
    account_country: "US",
    account_name: account.businessName,
    account_tax_ids: null,
    amount_due: due,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: due,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: {
      disabled_reason: null,
      enabled: false,
      liability: null,
      provider: null,
      status: null,
    },
    automatically_finalizes_at: finalizesAt,
    billing_reason: reason,
    collection_method: "charge_automatically",
    created: now,
    currency: subscription.currency,
    custom_fields: null,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: "none",
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: "self" },
    last_finalization_error: null,
    latest_revision: null,
    lines: list(lines, `/v1/invoices/${id}/lines`),
    livemode: false,
    metadata: {},
    next_payment_attempt: finalizesAt,
    number: null,
    on_behalf_of: null,
    parent: {
      type: "subscription_details",
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
    },
    payment_settings: {
      default_mandate: null,
      payment_method_options: null,
      payment_method_types: null,
    },
    period_end: period.end,
    period_start: period.start,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer.balance,
    statement_descriptor: null,
    status: "draft",
    status_transitions: {
      finalized_at: null,
      marked_uncollectible_at: null,
      paid_at: null,
      voided_at: null,
    },
    subtotal: total,
    subtotal_excluding_tax: total,
    test_clock: customer.test_clock ?? null,
    total,
    total_discount_amounts: [],
    total_excluding_tax: total,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: null,
  };
  return saveInvoice(account, invoice, "invoice.created");
}

/** Makes a draft final: it gets its number and takes from the customer's balance. Throws 400 when it is no draft. */
export function finalizeInvoice(account: Account, draft: Invoice): Invoice {
  if (draft.status !== "draft") {
    throw invalid("This invoice is already finalized, you can't re-finalize a non-draft invoice.", {
      code: "invoice_not_editable",
    });
  }
  const customer = getCustomer(account, draft.customer ?? "", "customer");
  const now = account.time.now(customer.test_clock);
  const sequence = customer.next_invoice_sequence ?? 1;
  const left = draft.total + customer.balance;
  const due = Math.max(0, left);
  const ending = Math.min(0, left);
  saveCustomer(account, customer, {
    ...customer,
    balance: ending,
    currency: draft.currency,
    next_invoice_sequence: sequence + 1,
  });
  const page = `${account.url}/i/${newSecret()}`;
  const open: Invoice = {
    ...draft,
    amount_due: due,
    amount_remaining: due,
    automatically_finalizes_at: null,
    effective_at: now,
    ending_balance: ending,
    hosted_invoice_url: page,
    invoice_pdf: `${page}/pdf`,
    next_payment_attempt: null,
    number: `${customer.invoice_prefix ?? "LOCAL"}-${String(sequence).padStart(4, "0")}`,
    starting_balance: customer.balance,
    status: "open",
    status_transitions: { ...draft.status_transitions, finalized_at: now },
  };
  collectAt(account, open, null);
  return saveInvoice(account, open, "invoice.finalized");
}

/** Ends an open invoice unpaid, for good ("void") or as a loss ("uncollectible"). */
export function giveUpInvoice(
  account: Account,
  invoice: Invoice,
  status: "void" | "uncollectible",
): Invoice {
  const isOpen =
    invoice.status === "open" || (status === "void" && invoice.status === "uncollectible");
  if (!isOpen) {
    throw invalid(
      `This invoice is ${String(invoice.status)}; only an open one can be marked ${status}.`,
    );
  }
  const now = account.time.now(clockOf(account, invoice.customer));
  const [field, type] =
    status === "void"
      ? (["voided_at", "invoice.voided"] as const)
      : (["marked_uncollectible_at", "invoice.marked_uncollectible"] as const);
  collectAt(account, invoice, null);
  const ended: Invoice = {
    ...invoice,
    ...(status === "void" ? { amount_remaining: 0 } : {}),
    auto_advance: false,
    next_payment_attempt: null,
    status,
    status_transitions: { ...invoice.status_transitions, [field]: now },
  };
  return saveInvoice(account, ended, type);
}

/** Stops charging by itself, as when its subscription has ended. The invoice stays payable by hand. */
export function stopCollecting(account: Account, invoice: Invoice): void {
  if (invoice.status !== "open" && invoice.status !== "draft") return;
  collectAt(account, invoice, null);
  saveInvoice(account, {
    ...invoice,
    auto_advance: false,
    automatically_finalizes_at: null,
    next_payment_attempt: null,
  });
}
