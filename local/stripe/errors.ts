/** An answer other than success, in the shape the `stripe` client reads. */

export type ErrorType = "invalid_request_error" | "card_error" | "idempotency_error" | "api_error";

export interface ErrorDetails {
  code?: string;
  param?: string;
  decline_code?: string;
}

/**
 * Thrown, it undoes everything that its request did. Returned by a handler, it is the answer and what
 * was done stays: a declined payment has been attempted.
 */
export class StripeError extends Error {
  readonly status: number;
  readonly type: ErrorType;
  readonly details: ErrorDetails;

  constructor(status: number, type: ErrorType, message: string, details: ErrorDetails = {}) {
    super(message);
    this.status = status;
    this.type = type;
    this.details = details;
  }

  /** The body of the answer. */
  toJson(): { error: Record<string, unknown> } {
    const { code } = this.details;
    const docs = code && `https://docs.stripe.com/error-codes#${code.replaceAll("_", "-")}`;
    return {
      error: {
        type: this.type,
        message: this.message,
        ...this.details,
        ...(docs ? { doc_url: docs } : {}),
      },
    };
  }
}

/** The request is wrong: 400. */
export function invalid(message: string, details: ErrorDetails = {}): StripeError {
  return new StripeError(400, "invalid_request_error", message, details);
}

export function missingParam(param: string): StripeError {
  return invalid(`Missing required param: ${param}.`, { code: "parameter_missing", param });
}

/** There is no such object: 404 when the path names it, 400 when a parameter does. */
export function noSuch(what: string, id: string, param = "id"): StripeError {
  const status = param === "id" ? 404 : 400;
  return new StripeError(status, "invalid_request_error", `No such ${what}: '${id}'`, {
    code: "resource_missing",
    param,
  });
}

/** The bank refuses the card: 402. */
export function cardError(message: string, code: string, declineCode?: string): StripeError {
  const decline = declineCode ? { decline_code: declineCode } : {};
  return new StripeError(402, "card_error", message, { code, ...decline });
}

/** Something that Stripe has and this server has not: 400. */
export function notHere(what: string, param?: string): StripeError {
  return invalid(`The local Stripe does not have ${what}.`, { param });
}
