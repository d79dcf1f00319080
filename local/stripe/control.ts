/**
 * POST /__control, for tests and scripts: JSON with the secret key. It moves the time and has webhooks
 * held back, doubled, reordered, delayed or dropped. Stripe has no such thing; nothing of the app calls it.
 */
import type { HttpReply, HttpRequest } from "../http/routes.ts";
import { json } from "../http/routes.ts";
import { isSameSecret } from "../storage/secrets.ts";
import type { Account } from "./account.ts";
import { advanceRealClock } from "./agenda.ts";
import { refusal } from "./api/answer.ts";
import { advanceTestClock, giveOwnClock } from "./billing/testClocks.ts";
import { invalid, noSuch, StripeError } from "./errors.ts";
import type { DunningSettings, WebhookSettings } from "./settings.ts";

export const CONTROL_PATH = "/__control";

/** What may be asked, any of it at once; done in this order. */
export interface ControlRequest {
  webhooks?: Partial<WebhookSettings>;
  dunning?: Partial<DunningSettings>;
  /** Seconds for which a renewal's invoice stays a draft. */
  draft_seconds?: number;
  /** Moves the time by seconds: of this customer only, or of everybody without a test clock. */
  advance?: { seconds: number; customer?: string };
  /** Sends this event once more. */
  resend?: string;
}

type Check = (value: unknown) => boolean;
const isFlag: Check = (value) => typeof value === "boolean";
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isText: Check = (value) => typeof value === "string";
const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const isOneOf =
  (...allowed: unknown[]): Check =>
  (value) =>
    allowed.includes(value);

const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** A hash of these, some of which must be there. */
const isHashOf =
  (checks: Record<string, Check>, ...required: string[]): Check =>
  (value) =>
    isHash(value) &&
    required.every((key) => key in value) &&
    Object.entries(value).every(
      ([key, entry]) => Object.hasOwn(checks, key) && checks[key]?.(entry),
    );

const CHECKS: Record<string, Check> = {
  webhooks: isHashOf({
    hold: isFlag,
    order: isOneOf("oldest_first", "newest_first"),
    copies: isOneOf(1, 2, 3, 4, 5),
    delay_ms: isCount,
    drop: isListOf(isText),
    at_once: isOneOf(1, 2, 4, 8),
  }),
  dunning: isHashOf({
    retry_days: isListOf(isCount),
    then: isOneOf("cancel", "unpaid", "past_due"),
  }),
  draft_seconds: isCount,
  advance: isHashOf({ seconds: isCount, customer: isText }, "seconds"),
  resend: isText,
};

/** Answers with the settings and the time that then hold. */
export function answerControl(
  account: Account,
  request: HttpRequest,
  log: (line: string) => void,
): HttpReply {
  try {
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    if (!isSameSecret(given, account.keys.secretKey)) {
      throw new StripeError(401, "invalid_request_error", "The control needs the secret key.");
    }
    if (request.method !== "POST") throw invalid("The control only takes POST.");
    const asked = readRequest(request.body);
    return json(account.store.transaction(() => perform(account, asked)));
  } catch (error) {
    const { status, body } = refusal(error, log);
    return { status, headers: { "Content-Type": "application/json" }, body };
  }
}

function perform(account: Account, asked: ControlRequest): object {
  const { store, time, outbox } = account;
  const before = store.settings;
  store.settings = {
    ...before,
    draft_seconds: asked.draft_seconds ?? before.draft_seconds,
    webhooks: { ...before.webhooks, ...asked.webhooks },
    dunning: { ...before.dunning, ...asked.dunning },
  };
  if (!store.settings.webhooks.hold) outbox.release();
  if (asked.advance) advance(account, asked.advance);
  if (asked.resend !== undefined && !outbox.resend(asked.resend)) {
    throw noSuch("event", asked.resend, "resend");
  }
  const clock = asked.advance?.customer && giveOwnClock(account, asked.advance.customer).id;
  return { ...store.settings, now: time.now(clock || null) };
}

function advance(
  account: Account,
  { seconds, customer }: { seconds: number; customer?: string },
): void {
  if (customer === undefined) {
    advanceRealClock(account, account.time.now(null) + seconds);
    return;
  }
  const clock = giveOwnClock(account, customer);
  if (seconds > 0) advanceTestClock(account, clock, clock.frozen_time + seconds);
}

function readRequest(body: string): ControlRequest {
  let asked: unknown;
  try {
    asked = JSON.parse(body);
  } catch {
    asked = null;
  }
  if (!isHash(asked)) throw invalid("The control takes a JSON object.");
  for (const [name, value] of Object.entries(asked)) {
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
    if (!check?.(value)) throw invalid(`The control cannot do that: ${name}.`, { param: name });
  }
  return asked;
}
