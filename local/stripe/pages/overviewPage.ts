/** The overview, for whoever develops or tries Sunup: what there is, what happened, what was delivered. */
import type { HttpReply, HttpRequest } from "../../http/routes.ts";
import type { Account } from "../account.ts";
import { advanceRealClock } from "../agenda.ts";
import { periodOf } from "../billing/prices.ts";
import { DAY } from "../billing/subscriptionRecords.ts";
import type { DeliveryRecord } from "../../webhooks/queue.ts";
import type { Customer, EventRecord, Subscription } from "../wire.ts";
import { html, type Html } from "./html.ts";
import { badge, moment, redirect, renderPage, sentencePage } from "./layout.ts";

/** How many of each the page shows. */
const SHOWN = 50;
const STEPS: [seconds: number, words: string][] = [
  [60 * 60, "1 hour"],
  [DAY, "1 day"],
  [3 * DAY, "3 days"],
  [14 * DAY, "14 days"],
  [31 * DAY, "31 days"],
];

export function showOverview(account: Account): HttpReply {
  const { store } = account;
  const customers = store.customers.newest(SHOWN).filter((customer) => !customer.deleted);
  return renderPage({
    title: "Overview",
    wide: true,
    body: html` <h1>${account.businessName}'s Stripe account on this machine</h1>
      ${clock(account)}
      <div class="columns">
        ${table(
          "Subscriptions",
          ["Customer", "Plan", "Status", "Period until"],
          store.subscriptions.newest(SHOWN).map((one) => subscriptionRow(account, one)),
        )}
        ${table("Customers", ["Name", "Email", "Created", "Id"], (customers as Customer[]).map(customerRow))}
        ${table("Events", ["Type", "Time"], store.events.newest(SHOWN).map(eventRow))}
        ${table("Deliveries", ["Event", "State", "Attempts", "Last answer"], store.deliveries.newest(SHOWN).map(deliveryRow))}
      </div>
      <p class="soft small">
        Webhooks go to <code>${account.outbox.url}</code>. Test cards are on the checkout page.
      </p>`,
  });
}

export function showEvent({ store }: Account, _request: HttpRequest, { id = "" }): HttpReply {
  const event = store.events.get(id);
  if (!event) return sentencePage(404, "Not found", "There is no such event.");
  const deliveries = store.deliveries.newest(1000).filter((one) => one.id.startsWith(`${id}.`));
  return renderPage({
    title: event.type,
    wide: true,
    body: html` <nav>
        <p><a href="/">← Overview</a></p>
      </nav>
      <h1>${event.type}</h1>
      ${table("Deliveries", ["Event", "State", "Attempts", "Last answer"], deliveries.map(deliveryRow))}
      <form method="post">
        <p><button class="quiet">Send again</button></p>
      </form>
      <section>
        <h2>Event</h2>
        <pre>${JSON.stringify(event, null, 2)}</pre>
      </section>`,
  });
}

export function sendEventAgain(account: Account, { path }: HttpRequest, { id = "" }): HttpReply {
  account.store.transaction(() => account.outbox.resend(id));
  return redirect(path);
}

/** Moves the account's clock by one of the steps. */
export function advance(account: Account, { body }: HttpRequest): HttpReply {
  const seconds = Number(new URLSearchParams(body).get("seconds"));
  if (STEPS.some(([step]) => step === seconds)) {
    account.store.transaction(() => advanceRealClock(account, account.time.now(null) + seconds));
  }
  return redirect("/");
}

function clock({ time, store }: Account): Html {
  const { ahead } = store.settings;
  return html` <section>
    <div class="row">
      <h2>It is ${moment(time.now(null))} UTC</h2>
      <span class="soft"
        >${ahead > 0 ? `${(ahead / DAY).toFixed(1)} days ahead of this machine` : "with this machine's"}</span
      >
    </div>
    <form method="post" action="/advance" class="row">
      <span class="soft">Let time pass: trials end, subscriptions renew, cards are charged.</span>
      <span
        >${STEPS.map(([seconds, words]) => html`<button class="quiet" name="seconds" value="${seconds}">${words}</button> `)}</span
      >
    </form>
  </section>`;
}

function table(title: string, heads: string[], rows: Html[]): Html {
  return html`<section>
    <h2>${title}</h2>
    ${
      rows.length === 0
        ? html`<p class="soft">Nothing yet.</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-label="${title}">
            <table>
              <thead>
                <tr>
                  ${heads.map((head) => html`<th>${head}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${rows}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

function subscriptionRow({ store }: Account, subscription: Subscription): Html {
  const customer = store.customers.get(subscription.customer);
  const who = customer && !customer.deleted ? (customer.name ?? customer.email) : null;
  const plans = subscription.items.data.map(
    ({ price }) => store.products.get(price.product)?.name ?? price.id,
  );
  return html`<tr>
    <td>${who ?? subscription.customer}</td>
    <td>${plans.join(", ")}</td>
    <td>
      ${badge(subscription.status)}${subscription.cancel_at && !subscription.ended_at && html` ${badge("ends")}`}
    </td>
    <td>${moment(periodOf(subscription).end)}</td>
  </tr>`;
}

function customerRow({ name, email, id, created }: Customer): Html {
  return html`<tr>
    <td>${name ?? "–"}</td>
    <td>${email ?? "–"}</td>
    <td>${moment(created)}</td>
    <td class="mono">${id}</td>
  </tr>`;
}

function eventRow({ id, type, created }: EventRecord): Html {
  return html`<tr>
    <td><a href="/events/${id}">${type}</a></td>
    <td>${moment(created)}</td>
  </tr>`;
}

function deliveryRow({
  id,
  type,
  state,
  attempts,
  lastStatus,
  nextAttemptAt,
}: DeliveryRecord): Html {
  const waits = state === "pending" && attempts > 0;
  const last = attempts === 0 ? "–" : (lastStatus ?? "no answer");
  return html`<tr>
    <td><a href="/events/${id.replace(/\.\d+$/, "")}">${type}</a></td>
    <td>${badge(state)}</td>
    <td>${attempts}</td>
    <td>
      ${last}${waits && html`<br /><span class="soft">again ${moment(nextAttemptAt / 1000)}</span>`}
    </td>
  </tr>`;
}
