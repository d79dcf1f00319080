/** One entry of Clerk's `errors` array. */
export interface ClerkErrorEntry {
  code: string;
  message: string;
  long_message: string;
  meta: Record<string, unknown>;
}

/** An answer other than success, in the shape Clerk's SDKs read. Handlers throw it; the server sends it. */
export class ClerkError extends Error {
  readonly status: number;
  readonly entry: ClerkErrorEntry;
  /** Seconds after which trying again makes sense (header `Retry-After`). */
  readonly retryAfter: number | null;

  constructor(
    status: number,
    code: string,
    longMessage: string,
    options: {
      message?: string;
      param?: string;
      meta?: Record<string, unknown>;
      retryAfter?: number;
    } = {},
  ) {
    super(longMessage);
    this.status = status;
    this.retryAfter = options.retryAfter ?? null;
    this.entry = {
      code,
      message: options.message ?? longMessage,
      long_message: longMessage,
      meta: { ...(options.param ? { param_name: options.param } : {}), ...options.meta },
    };
  }
}

/** A field of a form is wrong: 422, with the name of the field for the interface. */
export function fieldError(
  code: string,
  param: string,
  longMessage: string,
  message?: string,
): ClerkError {
  return new ClerkError(422, code, longMessage, { param, message });
}

export const notFound = (what: string): ClerkError =>
  new ClerkError(404, "resource_not_found", `No ${what} was found with this id.`, {
    message: "not found",
  });

export const emailTaken = (): ClerkError =>
  fieldError(
    "form_identifier_exists",
    "email_address",
    "That email address is taken. Please try another.",
  );

export const missingField = (param: string): ClerkError =>
  fieldError("form_param_nil", param, `Enter ${param.replaceAll("_", " ")}.`, "is missing");

export const incorrectPassword = (param: string): ClerkError =>
  fieldError("form_password_incorrect", param, "Password is incorrect. Try again.");

export const signedOut = (): ClerkError =>
  new ClerkError(401, "authentication_invalid", "You are signed out. Sign in again.", {
    message: "Invalid authentication",
  });

export const sessionExists = (): ClerkError =>
  new ClerkError(400, "session_exists", "You're already signed in.", { message: "Session exists" });

export const userLocked = (secondsLeft: number): ClerkError =>
  new ClerkError(
    403,
    "user_locked",
    `Your account is locked after too many failed attempts. Try again in ${Math.ceil(secondsLeft / 60)} minutes.`,
    { meta: { lockout_expires_in_seconds: secondsLeft } },
  );

export const userBanned = (): ClerkError =>
  new ClerkError(403, "user_banned", "This account has been suspended.", {
    message: "User is banned",
  });
