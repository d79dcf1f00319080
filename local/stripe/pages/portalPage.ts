/** The customer portal: the plan, the card and the invoices of one customer. */
import type { HttpReply, HttpRequest } from "../../http/routes.ts";
import type { Account } from "../account.ts";
import { portalSessionAt } from "../billing/portal.ts";
import { StripeError } from "../errors.ts";
import type { Customer, PortalSession } from "../wire.ts";
import { html } from "./html.ts";
import { redirect, renderPage, sentencePage } from "./layout.ts";
import { isPortalAction, performPortalAction, PORTAL_ACTIONS } from "./portalActions.ts";
import { card, history, openInvoice, plans } from "./portalSections.ts";

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
  const task = session.flow?.type;
  const body = html` ${
      back &&
      html`<nav>
        <p><a href="${back}">← Return to ${account.businessName}</a></p>
      </nav>`
    }
    <h1>Your billing with ${account.businessName}</h1>
    ${notice && html`<p class="notice" role="status">${notice}</p>`}
    ${problem && html`<p class="alert" role="alert">${problem.message}</p>`}
    ${!task && invoices.filter(({ status }) => status === "open").map(openInvoice)}
    ${task !== "payment_method_update" && plans(account, customer, task)}
    ${(!task || task === "payment_method_update") && card(account, customer, task)}
    ${!task && history(invoices)}`;
  return renderPage({
    title: "Billing",
    body,
    status: problem?.status,
    formsLeadTo: [session.flow?.after_completion.redirect?.return_url ?? null],
  });
}

function unknown(): HttpReply {
  return sentencePage(404, "This page has expired", "Go back and open your billing again.");
}
