import { Resend } from "resend";
import type { AttemptOutcome } from "./attemptOutcome";
import { SEND_TIMEOUT_MS } from "./schedule";

export type Mail = {
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Come back with every report about the mail. */
  tags: Record<string, string>;
};

/** Hands a mail to Resend once. Under the same key Resend sends it once, however often it is handed over. */
export async function handToResend(
  apiKey: string,
  idempotencyKey: string,
  { tags, ...mail }: Mail,
): Promise<AttemptOutcome> {
  const gaveUp = new AbortController();
  const timer = setTimeout(() => gaveUp.abort(), SEND_TIMEOUT_MS);
  try {
    const { data, error, headers } = await new Resend(apiKey).emails.send(
      { ...mail, tags: Object.entries(tags).map(([name, value]) => ({ name, value })) },
      { idempotencyKey, signal: gaveUp.signal },
    );
    if (error !== null) return outcomeOf(error, headers, apiKey);
    if (typeof data?.id === "string") return { kind: "accepted", providerId: data.id };
    return { kind: "retry", reason: "Resend's answer has no id." };
  } finally {
    clearTimeout(timer);
  }
}

type ResendError = { name?: string; message?: string; statusCode?: number | null };

function outcomeOf(
  { name = "error", message = "", statusCode }: ResendError,
  headers: Record<string, string> | null,
  apiKey: string,
): AttemptOutcome {
  const reason = `${statusCode ?? "No answer"} ${name}: ${message}`
    .replaceAll(apiKey, "(key)")
    .slice(0, MAX_REASON_LENGTH);
  if (name === "invalid_idempotent_request") return { kind: "accepted" };
  if (mayPass(name, statusCode)) return { kind: "retry", reason, waitMs: retryAfter(headers) };
  return { kind: "refused", reason };
}

const MAX_REASON_LENGTH = 300;

/** Resend's names for what is wrong for now, or with our settings rather than with the mail. */
const MAY_PASS = ["concurrent_idempotent_requests", "invalid_from_address"];

/**
 * No answer, an overloaded or broken server, and what is wrong with our account (401 and
 * 403) or settings: an operator can mend that within a day.
 */
function mayPass(name: string, statusCode: number | null | undefined): boolean {
  if (statusCode === null || statusCode === undefined || statusCode >= 500) return true;
  return MAY_PASS.includes(name) || [401, 403, 408, 429].includes(statusCode);
}

/** The header in milliseconds, when it is a number of seconds. */
function retryAfter(headers: Record<string, string> | null): number | undefined {
  const seconds = Number(headers?.["retry-after"]);
  return seconds > 0 ? seconds * 1_000 : undefined;
}
