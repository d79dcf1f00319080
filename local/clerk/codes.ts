/** One-time codes by e-mail: six digits, good for ten minutes and five tries. */
import { randomInt, timingSafeEqual } from "node:crypto";
import type { Clerk } from "./clerk.ts";
import { ClerkError, fieldError, missingField } from "./errors.ts";
import type { CodeVerification } from "./records.ts";

export const CODE_LIFETIME_MS = 10 * 60_000;
export const MAX_CODE_ATTEMPTS = 5;
/** How many codes one address is sent within the lifetime of a code. */
export const MAX_CODES_SENT = 10;

/** Clerk's convention for test addresses: no mail is sent and this code is right. */
const TEST_CODE = "424242";
const isTestAddress = (email: string): boolean => /\+clerk_test(@|\+)/.test(email);

const SUBJECTS: Record<CodeVerification["strategy"], string> = {
  email_code: "is your verification code",
  reset_password_email_code: "is your reset password code",
};

/**
 * Sends a fresh code to this address. The caller keeps what comes back; an earlier code is then void.
 * Throws `too_many_requests`: five tries a code mean little if there is no end of codes.
 */
export function sendCode(
  clerk: Clerk,
  email: string,
  strategy: CodeVerification["strategy"],
): CodeVerification {
  const code = isTestAddress(email) ? TEST_CODE : String(randomInt(1_000_000)).padStart(6, "0");
  if (!isTestAddress(email)) {
    countCode(clerk, email);
    clerk.sendMail({
      to: email,
      subject: `${code} ${SUBJECTS[strategy]}`,
      text: "Enter this code to go on. It is good for 10 minutes. If you did not ask for it, ignore this e-mail.",
      code,
      link: null,
    });
  }
  return {
    strategy,
    status: "unverified",
    code,
    attempts: 0,
    expireAt: clerk.now() + CODE_LIFETIME_MS,
  };
}

function countCode(clerk: Clerk, email: string): void {
  const now = clerk.now();
  const since = now - CODE_LIFETIME_MS;
  const sent = clerk.store.codesSent.get(email)?.times.filter((time) => time > since) ?? [];
  const [oldest] = sent;
  if (oldest === undefined || sent.length < MAX_CODES_SENT) {
    clerk.store.codesSent.put({ id: email, times: [...sent, now] });
    return;
  }
  const retryAfter = Math.ceil((oldest - since) / 1000);
  throw new ClerkError(
    429,
    "too_many_requests",
    `Too many codes have been sent to this address. Try again in ${Math.ceil(retryAfter / 60)} minutes.`,
    { retryAfter },
  );
}

/**
 * Tries a code. Changes `verification` (status, attempts), which the caller must keep in any case,
 * and returns what is wrong, or null when the code is right.
 */
export function tryCode(
  verification: CodeVerification | null,
  code: string,
  now: number,
): ClerkError | null {
  if (code === "") return missingField("code");
  if (!verification) {
    return new ClerkError(400, "verification_missing", "Ask for a code first.");
  }
  if (verification.status === "verified") {
    return new ClerkError(400, "verification_already_verified", "This has already been verified.");
  }
  if (verification.status === "failed") return tooManyAttempts();
  if (now >= verification.expireAt) {
    verification.status = "expired";
    return fieldError("verification_expired", "code", "This code has expired. Ask for a new one.");
  }
  verification.attempts += 1;
  if (isSame(code, verification.code)) {
    verification.status = "verified";
    return null;
  }
  if (verification.attempts >= MAX_CODE_ATTEMPTS) {
    verification.status = "failed";
    return tooManyAttempts();
  }
  return fieldError("form_code_incorrect", "code", "Incorrect code", "is incorrect");
}

const tooManyAttempts = (): ClerkError =>
  fieldError("verification_failed", "code", "Too many failed attempts. Ask for a new code.");

function isSame(given: string, wanted: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}
