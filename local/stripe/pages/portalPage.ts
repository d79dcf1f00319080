/** The customer portal: the plan, the card and the invoices of one customer. */
import type { HttpReply, HttpRequest } from "../../http/routes.ts";
import type { Account } from "../account.ts";
import { liveSubscriptions } from "../billing/customers.ts";
import { defaultPaymentMethod } from "../billing/paymentMethods.ts";
import { portalSessionAt } from "../billing/portal.ts";
import { asRecurring, intervalText, money, periodOf, productName } from "../billing/prices.ts";
import { StripeError } from "../errors.ts";
import type {
  Customer,
  Invoice,
  PaymentMethod,
  PortalSession,
  Price,
  Subscription,
} from "../wire.ts";
import { cardFields, testCards } from "./cardForm.ts";
import { html, type Html } from "./html.ts";
import { badge, day, redirect, shortDay, renderPage, sentencePage } from "./layout.ts";
import { isPortalAction, performPortalAction, PORTAL_ACTIONS } from "./portalActions.ts";

export function showPortal(account: Account, request: HttpRequest): HttpReply {
  const visit = visitOf(account, request);
  if (!visit) return unknown();
  const done = request.query.get("done") ?? "";
  return portalPage(account, visit, isPortalAction(done) ? PORTAL_ACTIONS[done] : undefined);
}

/** Does what a form of the page asks. */
export function actInPortal(account: Account, request: HttpRequest): HttpReply {
  const visit = visitOf(account, request);
  if (!visit) return unknown();
  const form = new URLSearchParams(request.body);
  const action = form.get("action") ?? "";
  try {
    if (!isPortalAction(action)) return portalPage(account, visit);
    account.store.transaction(() => performPortalAction(account, visit.customer, action, form));
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    return portalPage(account, visit, undefined, error);
  }
  const after = visit.session.flow?.after_completion;
  return redirect(after?.redirect?.return_url ?? `${request.path}?done=${action}`);
}

interface Visit {
  session: PortalSession;
  customer: Customer;
}

function visitOf(account: Account, { path }: HttpRequest): Visit | null {
  const session = portalSessionAt(account, path);
  const customer = session && account.store.customers.get(session.customer);
  return customer && !customer.deleted ? { session, customer } : null;
}

function portalPage(
  account: Account,
  { session, customer }: Visit,
  notice?: string,
  problem?: StripeError,
): HttpReply {
  const invoices = account.store.invoices
    .list("customer", customer.id)
    .filter(({ status }) => status !== "draft")
    .reverse();
  const back = session.return_url;
  const body = html` ${
      back &&
      html`<nav>
        <p><a href="${back}">← Return to ${account.businessName}</a></p>
      </nav>`
    }
    <h1>Your billing with ${account.businessName}</h1>
    ${notice && html`<p class="notice" role="status">${notice}</p>`}
    ${problem && html`<p class="alert" role="alert">${problem.message}</p>`}
    ${invoices.filter(({ status }) => status === "open").map(openInvoice)}
    ${plans(account, customer)} ${card(account, customer)} ${history(invoices)}`;
  return renderPage({
    title: "Billing",
    body,
    status: problem?.status,
    formsLeadTo: [session.flow?.after_completion.redirect?.return_url ?? null],
  });
}

function openInvoice(invoice: Invoice): Html {
  const amount = money(invoice.amount_remaining, invoice.currency);
  return html` <section>
    <h2>Payment due</h2>
    <p>
      Invoice ${invoice.number} of ${amount} is not
      paid${invoice.attempted && ": the last payment failed"}.
    </p>
    <form method="post">
      <input type="hidden" name="invoice" value="${invoice.id}" />
      <button name="action" value="pay">Pay ${amount}</button>
    </form>
  </section>`;
}

function plans(account: Account, customer: Customer): Html {
  const subscriptions = liveSubscriptions(account, customer.id);
  return html`<section>
    <h2>Current plan</h2>
    ${subscriptions.map((subscription) => plan(account, subscription))}
    ${subscriptions.length === 0 && html`<p class="soft">You have no plan.</p>`}
  </section>`;
}

function plan(account: Account, subscription: Subscription): Html {
  const [item] = subscription.items.data;
  if (!item) return html``;
  const hidden = html`<input type="hidden" name="subscription" value="${subscription.id}" />`;
  const { end } = periodOf(subscription);
  const when = subscription.cancel_at
    ? `Ends on ${day(subscription.cancel_at)}.`
    : subscription.status === "trialing"
      ? `The trial ends on ${day(end)}; then it costs ${priceText(item.price)}.`
      : `Renews on ${day(end)}.`;
  return html` <div class="row">
      <strong>${productName(account, item.price)}</strong>${badge(subscription.status)}
    </div>
    <p>${priceText(item.price)}<br /><span class="soft">${when}</span></p>
    ${
      subscription.cancel_at
        ? html`<form method="post">
            ${hidden}<button name="action" value="renew">Renew plan</button>
          </form>`
        : html`${switcher(account, subscription, item.price, hidden)}
            <details>
              <summary>Cancel plan</summary>
              <p>
                You keep your plan until ${day(end)}. Then it ends, and nothing more is charged.
              </p>
              <form method="post">
                ${hidden}<button name="action" value="cancel">Cancel on ${day(end)}</button>
              </form>
            </details>`
    }`;
}

function switcher(
  account: Account,
  { currency }: Subscription,
  current: Price,
  hidden: Html,
): Html {
  const others = account.store.prices
    .all()
    .filter(
      (price) =>
        price.active &&
        price.recurring &&
        price.currency === currency &&
        price.id !== current.id &&
        account.store.products.get(price.product)?.active,
    );
  if (others.length === 0) return html``;
  return html` <details>
    <summary>Switch plan</summary>
    <form method="post">
      ${hidden}
      <label
        >New plan
        <select name="price">
          ${others.map(
            (price) =>
              html`<option value="${price.id}">
                ${productName(account, price)}, ${priceText(price)}
              </option>`,
          )}
        </select></label
      >
      <p class="soft small">
        The rest of your current period is counted in, and the difference is charged now.
      </p>
      <button name="action" value="switch">Switch</button>
    </form>
  </details>`;
}

function priceText(price: Price): string {
  const { unit_amount, currency, recurring } = asRecurring(price);
  return `${money(unit_amount, currency)} per ${intervalText(recurring)}`;
}

function card(account: Account, customer: Customer): Html {
  const [subscription] = liveSubscriptions(account, customer.id);
  const method = defaultPaymentMethod(account, customer, subscription);
  return html` <section>
    <h2>Payment method</h2>
    <p>${method?.card ? cardText(method.card) : html`<span class="soft">No card yet.</span>`}</p>
    <details>
      <summary>${method ? "Change card" : "Add a card"}</summary>
      <form method="post">
        ${cardFields()}${testCards()}
        <p></p>
        <button name="action" value="card" data-submit>Save card</button>
      </form>
    </details>
  </section>`;
}

function cardText({ brand, last4, exp_month, exp_year }: NonNullable<PaymentMethod["card"]>): Html {
  return html`<span class="mono"
      >${brand.charAt(0).toUpperCase() + brand.slice(1)} •••• ${last4}</span
    >
    <span class="soft">expires ${exp_month}/${exp_year}</span>`;
}

function history(invoices: Invoice[]): Html {
  return html` <section>
    <h2>Invoices</h2>
    ${
      invoices.length === 0
        ? html`<p class="soft">There are no invoices yet.</p>`
        : html`<div class="scroll">
            <table>
              <thead>
                <tr>
                  <th>Invoice</th>
                  <th>Status</th>
                  <th class="number">Amount</th>
                </tr>
              </thead>
              <tbody>
                ${invoices.map(
                  ({ created, number, total, currency, status, hosted_invoice_url: url }) =>
                    html` <tr>
                      <td>
                        <a href="${url}">${shortDay(created)}</a><br /><span class="soft"
                          >${number}</span
                        >
                      </td>
                      <td>${badge(status)}</td>
                      <td class="number">${money(total, currency)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

function unknown(): HttpReply {
  return sentencePage(404, "This page has expired", "Go back and open your billing again.");
}
