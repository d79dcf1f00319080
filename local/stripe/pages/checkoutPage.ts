/** The checkout: what is bought, and a card to pay with. */
import type { HttpReply, HttpRequest } from "../../http/routes.ts";
import type { Account } from "../account.ts";
import { checkoutLines, completeCheckout, getOrder, needsCard } from "../billing/checkout.ts";
import { DAY } from "../billing/subscriptionRecords.ts";
import { intervalText, money } from "../billing/prices.ts";
import { invalid, StripeError } from "../errors.ts";
import type { CheckoutSession } from "../wire.ts";
import { cardFields, readCard, testCards } from "./cardForm.ts";
import { html, type Html } from "./html.ts";
import { day, redirect, renderPage, sentencePage } from "./layout.ts";

export function showCheckout(account: Account, _request: HttpRequest, { id = "" }): HttpReply {
  const session = account.store.checkoutSessions.get(id);
  if (!session) return unknown();
  return session.status === "open" ? checkoutPage(account, session) : overPage(session);
}

/** Pays, and goes to the app's page for that; a second try of what is paid only goes there. */
export function payCheckout(account: Account, { body }: HttpRequest, { id = "" }): HttpReply {
  const session = account.store.checkoutSessions.get(id);
  if (!session) return unknown();
  if (session.status === "complete") return redirect(successUrl(session));
  if (session.status !== "open") return overPage(session);
  const form = new URLSearchParams(body);
  try {
    const email = readEmail(account, session, form);
    account.store.transaction(() => {
      const card = needsCard(session) ? readCard(form, account.time.now(null)) : null;
      completeCheckout(account, session, { email, card });
    });
    return redirect(successUrl(session));
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    return checkoutPage(account, session, { form, sentence: error.message, status: error.status });
  }
}

function successUrl({ id, success_url }: CheckoutSession): string {
  return (success_url ?? "").replaceAll("{CHECKOUT_SESSION_ID}", id);
}

interface Refusal {
  form: URLSearchParams;
  sentence: string;
  status: number;
}

function checkoutPage(account: Account, session: CheckoutSession, refusal?: Refusal): HttpReply {
  const email = knownEmail(account, session);
  const isTrial = (session.amount_total ?? 0) === 0;
  const body = html` ${backLink(account, session)}
    <section>${summary(account, session)}</section>
    <section>
      <h2>${needsCard(session) ? "Pay with card" : "Confirm"}</h2>
      <form method="post">
        ${refusal && html`<p class="alert" role="alert">${refusal.sentence}</p>`}
        ${
          email === null
            ? html`<label
                >Email
                <input
                  name="email"
                  type="email"
                  autocomplete="off"
                  value="${refusal?.form.get("email")}"
                  required
              /></label>`
            : html`<p class="small"><span class="soft">Email</span> ${email}</p>`
        }
        ${needsCard(session) && html`${cardFields(refusal?.form)}${testCards()}`}
        <button class="full" data-submit>${isTrial ? "Start trial" : "Subscribe"}</button>
      </form>
    </section>`;
  return renderPage({
    title: "Checkout",
    body,
    status: refusal?.status,
    formsLeadTo: [session.success_url],
  });
}

function summary(account: Account, session: CheckoutSession): Html {
  const order = getOrder(account, session.id);
  const lines = checkoutLines(account, session.id).data;
  const [first] = lines;
  const every = first?.price?.recurring ? intervalText(first.price.recurring) : "period";
  const total = lines.reduce(
    (sum, { price, quantity }) => sum + (price?.unit_amount ?? 0) * (quantity ?? 1),
    0,
  );
  const price = money(total, session.currency ?? "usd");
  const trialEnd =
    order.trialPeriodDays === null
      ? order.trialEnd
      : account.time.now(null) + order.trialPeriodDays * DAY;
  return html` <p class="soft">${account.businessName}</p>
    <h1>Subscribe to ${lines.map(({ description }) => description).join(" and ")}</h1>
    ${
      trialEnd === null
        ? html`<p class="price">${price}</p>
            <p class="soft">per ${every}</p>`
        : html`<p class="price">
              ${Math.round((trialEnd - account.time.now(null)) / DAY)} days free
            </p>
            <p class="soft">Then ${price} per ${every}, from ${day(trialEnd)}</p>`
    }
    <div class="row">
      <strong>Due today</strong
      ><strong>${money(session.amount_total ?? 0, session.currency ?? "usd")}</strong>
    </div>`;
}

function knownEmail({ store }: Account, session: CheckoutSession): string | null {
  const customer = session.customer === null ? undefined : store.customers.get(session.customer);
  return (customer && !customer.deleted ? customer.email : null) ?? session.customer_email;
}

function readEmail(account: Account, session: CheckoutSession, form: URLSearchParams): string {
  const email = knownEmail(account, session) ?? (form.get("email") ?? "").trim();
  if (/^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(email)) return email;
  throw invalid("Your email is incomplete.");
}

function backLink({ businessName }: Account, { cancel_url }: CheckoutSession): Html {
  return html`${
    cancel_url &&
    html`<nav>
      <p><a href="${cancel_url}">← Back to ${businessName}</a></p>
    </nav>`
  }`;
}

function overPage(session: CheckoutSession): HttpReply {
  if (session.status === "complete") {
    return renderPage({
      title: "Paid",
      body: html`<section>
        <h1>You're all done here</h1>
        <p>This checkout is complete.</p>
        <p><a href="${successUrl(session)}">Continue</a></p>
      </section>`,
    });
  }
  return sentencePage(410, "This checkout has expired", "Go back and start it again.");
}

function unknown(): HttpReply {
  return sentencePage(
    404,
    "Something went wrong",
    "There is no checkout at this address. Go back and start it again.",
  );
}
