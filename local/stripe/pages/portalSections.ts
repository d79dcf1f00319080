/** What the portal shows: what is due, the plan, the card, the invoices. */
import type { Account } from "../account.ts";
import { liveSubscriptions } from "../billing/customers.ts";
import { defaultPaymentMethod } from "../billing/paymentMethods.ts";
import { asRecurring, intervalText, money, periodOf, productName } from "../billing/prices.ts";
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
import { badge, day, shortDay } from "./layout.ts";

export function openInvoice(invoice: Invoice): Html {
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

/** The one thing that a session is for, if the app asked for one: it is shown alone, and opened. */
export type Task = NonNullable<PortalSession["flow"]>["type"] | undefined;

const details = (summary: string, isOpen: boolean, content: Html): Html =>
  isOpen
    ? html`<details open>
        <summary>${summary}</summary>
        ${content}
      </details>`
    : html`<details>
        <summary>${summary}</summary>
        ${content}
      </details>`;

export function plans(account: Account, customer: Customer, task: Task): Html {
  const subscriptions = liveSubscriptions(account, customer.id);
  return html`<section>
    <h2>Current plan</h2>
    ${subscriptions.map((subscription) => plan(account, subscription, task))}
    ${subscriptions.length === 0 && html`<p class="soft">You have no plan.</p>`}
  </section>`;
}

function plan(account: Account, subscription: Subscription, task: Task): Html {
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
        : html`${switcher(account, subscription, item.price, hidden, task)}
          ${details(
            "Cancel plan",
            task === "subscription_cancel",
            html`<p>
                You keep your plan until ${day(end)}. Then it ends, and nothing more is charged.
              </p>
              <form method="post">
                ${hidden}<button name="action" value="cancel">Cancel on ${day(end)}</button>
              </form>`,
          )}`
    }`;
}

function switcher(
  account: Account,
  { currency }: Subscription,
  current: Price,
  hidden: Html,
  task: Task,
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
  return details(
    "Switch plan",
    task === "subscription_update",
    html`<form method="post">
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
    </form>`,
  );
}

function priceText(price: Price): string {
  const { unit_amount, currency, recurring } = asRecurring(price);
  return `${money(unit_amount, currency)} per ${intervalText(recurring)}`;
}

export function card(account: Account, customer: Customer, task: Task): Html {
  const [subscription] = liveSubscriptions(account, customer.id);
  const method = defaultPaymentMethod(account, customer, subscription);
  return html` <section>
    <h2>Payment method</h2>
    <p>${method?.card ? cardText(method.card) : html`<span class="soft">No card yet.</span>`}</p>
    ${details(
      method ? "Change card" : "Add a card",
      task === "payment_method_update",
      html`<form method="post">
        ${cardFields()}${testCards()}
        <button name="action" value="card" data-submit>Save card</button>
      </form>`,
    )}
  </section>`;
}

function cardText({ brand, last4, exp_month, exp_year }: NonNullable<PaymentMethod["card"]>): Html {
  return html`<span class="mono"
      >${brand.charAt(0).toUpperCase() + brand.slice(1)} •••• ${last4}</span
    >
    <span class="soft">expires ${exp_month}/${exp_year}</span>`;
}

export function history(invoices: Invoice[]): Html {
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
