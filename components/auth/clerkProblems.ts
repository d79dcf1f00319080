import { isClerkAPIResponseError, isClerkRuntimeError } from "@clerk/nextjs/errors";

/** The fields of our sign-up, sign-in and password forms. */
export type AuthField = "companyName" | "plan" | "name" | "email" | "password" | "code";

/** Something that Clerk refused, in plain words; without a field it concerns the whole form. */
export type Problem = { field?: AuthField; message: string };

/** Clerk's names of its parameters, as our forms call them. */
const FIELD_OF_PARAMETER: Record<string, AuthField> = {
  email_address: "email",
  identifier: "email",
  password: "password",
  new_password: "password",
  code: "code",
  first_name: "name",
  last_name: "name",
  unsafe_metadata: "companyName",
};

const WRONG_CREDENTIALS: Problem = {
  field: "password",
  message: "This e-mail address and password do not belong together.",
};
const SHORT_PASSWORD: Problem = { field: "password", message: "Use at least 8 characters." };
const LEAKED_PASSWORD: Problem = {
  field: "password",
  message: "This password is known from a data leak elsewhere. Choose another one.",
};

/** Clerk's error codes that people meet, in our words. */
const PROBLEMS: Record<string, Problem> = {
  form_identifier_exists: {
    field: "email",
    message: "This e-mail address has an account already. Sign in, or use another address.",
  },
  form_identifier_not_found: WRONG_CREDENTIALS,
  form_password_incorrect: WRONG_CREDENTIALS,
  strategy_for_user_invalid: WRONG_CREDENTIALS,
  form_password_length_too_short: SHORT_PASSWORD,
  form_password_pwned: LEAKED_PASSWORD,
  form_password_compromised: LEAKED_PASSWORD,
  form_password_not_strong_enough: {
    field: "password",
    message: "This password is too easy to guess. Make it longer.",
  },
  form_password_size_in_bytes_exceeded: {
    field: "password",
    message: "This password is too long. Use at most 72 characters.",
  },
  form_code_incorrect: {
    field: "code",
    message: "This code is not right. Check it and try again.",
  },
  verification_expired: {
    field: "code",
    message: "This code has expired. Have a new one sent.",
  },
  verification_failed: {
    field: "code",
    message: "Too many wrong codes. Have a new one sent.",
  },
  verification_already_verified: {
    message: "This address is confirmed already. Reload the page to go on.",
  },
  too_many_requests: { message: "Too many attempts. Wait a minute, then try again." },
  user_locked: {
    message: "This account is locked after too many attempts. Try again later.",
  },
  session_exists: { message: "You are signed in already. Reload the page to go on." },
  not_allowed_access: { message: "This address may not sign up here. Ask us for an invitation." },
  ticket_invalid_code: {
    message: "This invitation link is not complete. Open it again from the mail.",
  },
  ticket_expired_code: {
    message: "This invitation has expired. Ask for a new one.",
  },
  revoked_invitation: {
    message: "This link is no longer good. There may be a newer mail with another one.",
  },
  invitation_already_accepted: {
    message: "This invitation has been used already. Sign in instead.",
  },
  captcha_invalid: {
    message: "We could not tell that you are a person. Reload the page and try again.",
  },
  captcha_unavailable: {
    message: "We could not tell that you are a person. Reload the page and try again.",
  },
};

const UNKNOWN: Problem = { message: "Something went wrong on our side. Try again." };

/** What to tell people about an error of Clerk's sign-up or sign-in; empty when there is none. */
export function clerkProblems(error: unknown): Problem[] {
  if (error === null || error === undefined) return [];
  if (typeof error !== "object") return [UNKNOWN];
  if (isClerkAPIResponseError(error) && error.errors.length > 0) {
    return error.errors.map(({ code, longMessage, message, meta }) => {
      const known = PROBLEMS[code];
      if (known) return known;
      const field = FIELD_OF_PARAMETER[meta?.paramName ?? ""];
      if (field === "email") return { field, message: "Enter a valid e-mail address." };
      if (field) return { field, message: longMessage ?? message };
      return UNKNOWN;
    });
  }
  if (isClerkRuntimeError(error)) {
    return [
      { message: "We could not reach the sign-in service. Check your connection and try again." },
    ];
  }
  return [UNKNOWN];
}
