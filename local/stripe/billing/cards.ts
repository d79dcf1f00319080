/** Stripe's test cards, and what a bank says to each. */
import { cardError, type StripeError } from "../errors.ts";

export interface TestCard {
  number: string;
  brand: "visa" | "mastercard" | "amex";
  /** What happens, for the people who choose it on a page. */
  outcome: string;
  /** Refused when it is given. */
  onAttach?: () => StripeError;
  /** Refused when it is charged. */
  onCharge?: () => StripeError;
}

/** Remembers which test card a payment method is. */
export interface CardRecord {
  /** The payment method's id. */
  id: string;
  number: string;
}

const declined =
  (declineCode: string, message = "Your card was declined.") =>
  (): StripeError =>
    cardError(message, "card_declined", declineCode);

export const TEST_CARDS: readonly TestCard[] = [
  { number: "4242424242424242", brand: "visa", outcome: "Payment succeeds" },
  { number: "5555555555554444", brand: "mastercard", outcome: "Payment succeeds" },
  {
    number: "4000000000000341",
    brand: "visa",
    outcome: "Is accepted, but every charge fails",
    onCharge: declined("generic_decline"),
  },
  {
    number: "4000000000000002",
    brand: "visa",
    outcome: "Declined",
    onAttach: declined("generic_decline"),
  },
  {
    number: "4000000000009995",
    brand: "visa",
    outcome: "Declined: insufficient funds",
    onAttach: declined("insufficient_funds", "Your card has insufficient funds."),
  },
  {
    number: "4000000000000069",
    brand: "visa",
    outcome: "Declined: expired card",
    onAttach: () => cardError("Your card has expired.", "expired_card"),
  },
  {
    number: "4000000000000127",
    brand: "visa",
    outcome: "Declined: wrong security code",
    onAttach: () => cardError("Your card's security code is incorrect.", "incorrect_cvc"),
  },
];

/** Payment methods that the API takes in place of a card's number. */
const TOKENS: Record<string, string> = {
  pm_card_visa: "4242424242424242",
  pm_card_mastercard: "5555555555554444",
  pm_card_chargeCustomerFail: "4000000000000341",
  pm_card_visa_chargeDeclined: "4000000000000002",
  pm_card_visa_chargeDeclinedInsufficientFunds: "4000000000009995",
};

/** The test card that a token like "pm_card_visa" stands for. */
export function cardOfToken(token: string): TestCard | undefined {
  const number = Object.hasOwn(TOKENS, token) ? TOKENS[token] : undefined;
  return TEST_CARDS.find((card) => card.number === number);
}

/** The test card with this number, spaces allowed. Throws 402 for any other, in Stripe's words. */
export function cardOfNumber(given: string): TestCard {
  const number = given.replace(/[\s-]/g, "");
  const card = TEST_CARDS.find((known) => known.number === number);
  if (card) return card;
  if (!/^\d{12,19}$/.test(number) || !hasValidChecksum(number)) {
    throw cardError("Your card number is incorrect.", "incorrect_number");
  }
  throw cardError(
    "Your card was declined. Your request was in test mode, but used a non test card.",
    "card_declined",
    "test_mode_live_card",
  );
}

/** Luhn's. */
function hasValidChecksum(number: string): boolean {
  let sum = 0;
  for (const [i, digit] of [...number].toReversed().entries()) {
    const value = Number(digit) * (i % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
