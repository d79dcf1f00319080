/** An invoice: to look at, to pay, and as a PDF. */
import type { HttpReply, HttpRequest } from "../../http/routes.ts";
import type { Account } from "../account.ts";
import { getCustomer } from "../billing/customers.ts";
import { payInvoice } from "../billing/payment.ts";
import { attachCard } from "../billing/paymentMethods.ts";
import { money } from "../billing/prices.ts";
import { StripeError } from "../errors.ts";
import type { Invoice } from "../wire.ts";
import { cardFields, readCard, testCards } from "./cardForm.ts";
import { html, type Html } from "./html.ts";
import { badge, day, redirect, renderPage, sentencePage } from "./layout.ts";
import { textPdf } from "./pdf.ts";

export function showInvoice(account: Account, { path }: HttpRequest): HttpReply {
  const invoice = invoiceAt(account, path);
  return invoice ? invoicePage(invoice) : unknown();
}

/** Pays with the card in the form. */
export function payAtInvoice(account: Account, { path, body }: HttpRequest): HttpReply {
  const invoice = invoiceAt(account, path);
  if (!invoice) return unknown();
  if (invoice.status !== "open") return redirect(path);
  const form = new URLSearchParams(body);
  try {
    const refusal = account.store.transaction(() => {
      const customer = getCustomer(account, invoice.customer ?? "");
      const card = readCard(form, account.time.now(customer.test_clock));
      const { id } = attachCard(account, customer, card);
      return payInvoice(account, invoice, { methodId: id, byHand: true });
    });
    if (refusal) return invoicePage(invoice, { refusal, form });
    return redirect(path);
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    return invoicePage(invoice, { refusal: error, form });
  }
}

export function showInvoicePdf(account: Account, { path }: HttpRequest): HttpReply {
  const invoice = invoiceAt(account, path.replace(/\/pdf$/, ""));
  if (!invoice) return unknown();
  return {
    status: 200,
    headers: {
      "Content-Type": "application/pdf",
      "Content-Disposition": `attachment; filename="Invoice-${invoice.number}.pdf"`,
    },
    body: textPdf(invoiceText(invoice)),
  };
}

function invoiceAt({ store, url }: Account, path: string): Invoice | undefined {
  return store.invoices.find("hosted_invoice_url", `${url}${path}`);
}

function invoicePage(
  invoice: Invoice,
  problem?: { refusal: StripeError; form: URLSearchParams },
): HttpReply {
  const { account_name, number, status, created, customer_name, customer_email } = invoice;
  const body = html` <section>
      <div class="row">
        <p class="soft">${account_name}</p>
        ${badge(status)}
      </div>
      <h1>Invoice ${number}</h1>
      <p class="price">${money(invoice.total, invoice.currency)}</p>
      <p class="soft">
        ${day(created)}${customer_name && ` · ${customer_name}`}${customer_email && ` · ${customer_email}`}
      </p>
      ${lines(invoice)}
      <nav>
        <p><a href="${invoice.invoice_pdf}">Download as PDF</a></p>
      </nav>
    </section>
    ${status === "open" && payment(invoice, problem)}`;
  return renderPage({ title: `Invoice ${number}`, body, status: problem?.refusal.status });
}

function lines(invoice: Invoice): Html {
  const amount = (value: number): string => money(value, invoice.currency);
  return html`<div class="scroll">
    <table>
      <tbody>
        ${invoice.lines.data.map(
          (line) =>
            html`<tr>
              <td class="text">
                ${line.description}<br /><span class="soft"
                  >${day(line.period.start)} – ${day(line.period.end)}</span
                >
              </td>
              <td class="number">${amount(line.amount)}</td>
            </tr>`,
        )}
        <tr>
          <th>Total</th>
          <td class="number">${amount(invoice.total)}</td>
        </tr>
        ${
          invoice.starting_balance !== 0 &&
          html`<tr>
            <td>Balance applied</td>
            <td class="number">
              ${amount(invoice.starting_balance - (invoice.ending_balance ?? 0))}
            </td>
          </tr>`
        }
        <tr>
          <th>Amount due</th>
          <td class="number"><strong>${amount(invoice.amount_due)}</strong></td>
        </tr>
      </tbody>
    </table>
  </div>`;
}

function payment(
  invoice: Invoice,
  problem?: { refusal: StripeError; form: URLSearchParams },
): Html {
  return html`<section>
    <h2>Pay with card</h2>
    <form method="post">
      ${problem && html`<p class="alert" role="alert">${problem.refusal.message}</p>`}
      ${cardFields(problem?.form)}${testCards()}
      <button class="full" data-submit>
        Pay ${money(invoice.amount_remaining, invoice.currency)}
      </button>
    </form>
  </section>`;
}

function invoiceText(invoice: Invoice): string[] {
  const amount = (value: number): string => money(value, invoice.currency);
  return [
    `Invoice ${invoice.number}`,
    "Local Stripe - no real money",
    "",
    `From: ${invoice.account_name}`,
    `To: ${[invoice.customer_name, invoice.customer_email].filter(Boolean).join(", ")}`,
    `Date: ${day(invoice.created)}`,
    `Status: ${invoice.status}`,
    "",
    ...invoice.lines.data.flatMap((line) => [
      `${line.description}: ${amount(line.amount)}`,
      `    ${day(line.period.start)} - ${day(line.period.end)}`,
    ]),
    "",
    `Total: ${amount(invoice.total)}`,
    `Amount due: ${amount(invoice.amount_due)}`,
  ];
}

function unknown(): HttpReply {
  return sentencePage(404, "Something went wrong", "There is no invoice at this address.");
}
