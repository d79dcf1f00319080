/** The fields for a card on the hosted pages, and what somebody typed into them. */
import { cardOfNumber, TEST_CARDS } from "../billing/cards.ts";
import type { CardDetails } from "../billing/paymentMethods.ts";
import { cardError } from "../errors.ts";
import { html, type Html } from "./html.ts";

const MONTH_AND_YEAR = /^\s*(\d{1,2})\s*\/?\s*(\d{2}|\d{4})\s*$/;

/** Fields and test cards to pick; what was typed before is kept, but for the card itself. */
export function cardFields(before: URLSearchParams = new URLSearchParams()): Html {
  return html` <label
      >Card number
      <input
        name="number"
        inputmode="numeric"
        autocomplete="off"
        placeholder="4242 4242 4242 4242"
        required
    /></label>
    <div class="pair">
      <label
        >Expiry
        <input
          name="expiry"
          inputmode="numeric"
          autocomplete="off"
          placeholder="MM / YY"
          value="${before.get("expiry")}"
          required
      /></label>
      <label
        >CVC <input name="cvc" inputmode="numeric" autocomplete="off" placeholder="123" required
      /></label>
    </div>
    <label
      >Name on card <input name="name" autocomplete="off" value="${before.get("name")}" required
    /></label>`;
}

export function testCards(): Html {
  return html` <details>
    <summary>Test cards</summary>
    <ul class="cards">
      ${TEST_CARDS.map(
        ({ number, outcome }) =>
          html`<li>
            <button type="button" class="quiet" data-card="${spaced(number)}">
              <span class="mono">${spaced(number)}</span> <span class="soft small">${outcome}</span>
            </button>
          </li>`,
      )}
    </ul>
  </details>`;
}

const spaced = (number: string): string => number.replace(/(.{4})(?=.)/g, "$1 ");

/** The card that a form gives, at a time in seconds since 1970. Throws 402 with a sentence for whoever typed it. */
export function readCard(form: URLSearchParams, now: number): CardDetails {
  const card = cardOfNumber(form.get("number") ?? "");
  const [, month = "", year = ""] = MONTH_AND_YEAR.exec(form.get("expiry") ?? "") ?? [];
  const expMonth = Number(month);
  const expYear = Number(year.length === 2 ? `20${year}` : year);
  if (expMonth < 1 || expMonth > 12) {
    throw cardError("Your card's expiration date is incomplete.", "invalid_expiry_month");
  }
  // A card is good until the end of its month.
  if (Date.UTC(expYear, expMonth) / 1000 <= now) {
    throw cardError("Your card's expiration date is in the past.", "invalid_expiry_year");
  }
  if (!/^\d{3,4}$/.test((form.get("cvc") ?? "").trim())) {
    throw cardError("Your card's security code is incomplete.", "invalid_cvc");
  }
  return { card, expMonth, expYear, name: (form.get("name") ?? "").trim().slice(0, 200) || null };
}
