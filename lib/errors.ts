import { ConvexError } from "convex/values";
import type { MissingEvidence } from "./gates.ts";

/**
 * Every way in which a public function refuses. The one list: the server throws
 * these codes, the interface shows `message` and `nextStep`, tests name the code.
 */
export const ERRORS = {
  UNAUTHENTICATED: {
    title: "You are signed out",
    message: "You are signed out.",
    nextStep: "Sign in to go on.",
  },
  NO_TENANT: {
    title: "No company yet",
    message: "Your account does not belong to a company yet.",
    nextStep: "Finish setting up your company.",
  },
  EMAIL_NOT_VERIFIED: {
    title: "E-mail not confirmed",
    message: "Your e-mail address is not confirmed yet.",
    nextStep: "Enter the code that we sent you, then try again.",
  },
  ACCOUNT_DELETED: {
    title: "This account was deleted",
    message: "This account was deleted, so no company can be set up for it.",
    nextStep: "Sign out, then sign up again.",
  },
  MEMBER_DEACTIVATED: {
    title: "Your access has ended",
    message: "Your access to this company was turned off.",
    nextStep: "Ask an administrator of your company to turn it on again.",
  },
  TENANT_SUSPENDED: {
    title: "This company is paused",
    message: "This company's account is paused. Your data is safe and untouched.",
    nextStep: "Ask your administrator, or write to Sunup's support.",
  },
  TENANT_CLOSED: {
    title: "This company is closed",
    message: "This company's account was closed. Nobody can open it any more.",
    nextStep: "If that was a mistake, write to Sunup's support soon.",
  },
  READ_ONLY: {
    title: "Changes have to wait",
    message: "Your company's data is being brought in. Until that is done nothing can be changed.",
    nextStep: "Look around meanwhile, and try again in a few minutes.",
  },
  FORBIDDEN: {
    title: "Not allowed",
    message: "Your role does not allow this.",
    nextStep: "Ask an administrator of your company if you need it.",
  },
  NOT_FOUND: {
    title: "Not found",
    message: "This does not exist, or it was removed.",
    nextStep: "Go back and look for it in the list.",
  },
  INVALID: {
    title: "Please check your entries",
    message: "Something in the form is not right.",
    nextStep: "Correct the marked field and try again.",
  },
  FEATURE_NOT_IN_PLAN: {
    title: "Not in your plan",
    message: "Your plan does not include this.",
    nextStep: "Choose a larger plan to use it.",
  },
  GATE_NOT_MET: {
    title: "Something is still missing",
    message: "This job cannot go on yet.",
    nextStep: "Add what is missing, then move it again.",
  },
  LIMIT_REACHED: {
    title: "Your plan's limit is reached",
    message: "Your plan has no room for one more.",
    nextStep: "Choose a larger plan, or make room first.",
  },
  RATE_LIMITED: {
    title: "A moment, please",
    message: "That was more than we can take at once.",
    nextStep: "Wait a minute, then try again.",
  },
  STALE: {
    title: "Somebody else changed this",
    message: "Somebody else changed this while you were editing it.",
    nextStep: "Look at the new version, then make your change again.",
  },
  CONFLICT: {
    title: "That does not fit",
    message: "This cannot be done in its present state.",
    nextStep: "Reload the page and try again.",
  },
  INTERNAL: {
    title: "Something went wrong",
    message: "Something went wrong on our side.",
    nextStep: "Try again. If it keeps happening, write to support.",
  },
} as const satisfies Record<string, { title: string; message: string; nextStep: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** What a public function throws, as the client receives it in `ConvexError.data`. */
export type ErrorData = {
  code: ErrorCode;
  /** One plain sentence for the person at the screen. */
  message: string;
  nextStep: string;
  /** The form field that is wrong, for code INVALID. */
  field?: string;
  /** What holds the job back, for code GATE_NOT_MET. */
  missing?: MissingEvidence[];
  /** When to try again (ms), for code RATE_LIMITED. */
  retryAt?: number;
};

type Detail = Partial<Omit<ErrorData, "code">>;

/** An error of the list, ready to throw. `message` and `nextStep` replace the list's sentences with more exact ones. */
export function sunupError(code: ErrorCode, detail: Detail = {}): ConvexError<ErrorData> {
  return new ConvexError(sunupErrorData(code, detail));
}

/** The same as a value, for a refusal that must not roll back what it did. */
export function sunupErrorData(code: ErrorCode, detail: Detail = {}): ErrorData {
  const { message, nextStep } = ERRORS[code];
  return {
    code,
    message: detail.message ?? message,
    nextStep: detail.nextStep ?? nextStep,
    ...(detail.field === undefined ? {} : { field: detail.field }),
    ...(detail.missing === undefined ? {} : { missing: detail.missing }),
    ...(detail.retryAt === undefined ? {} : { retryAt: detail.retryAt }),
  };
}

/** The error's data when something thrown is one of ours, otherwise null. */
export function errorData(thrown: unknown): ErrorData | null {
  if (!(thrown instanceof ConvexError)) return null;
  const data: unknown = thrown.data;
  if (typeof data !== "object" || data === null || !("code" in data)) return null;
  return typeof data.code === "string" && data.code in ERRORS ? (data as ErrorData) : null;
}

/** Words for anything thrown: our own errors as they are, everything else as INTERNAL. */
export function describeError(thrown: unknown): ErrorData & { title: string } {
  const data = errorData(thrown);
  if (data) return { ...data, title: ERRORS[data.code].title };
  return { code: "INTERNAL", ...ERRORS.INTERNAL };
}
