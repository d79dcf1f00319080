/**
 * Failures of Resend on demand, for tests: `POST /__control` switches one on for the next calls of the
 * API, or until it is switched off. The mailbox is not affected.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { internalError, invalidField, ResendError } from "./errors.ts";
import { isObject } from "./emailInput.ts";

export const FAILURES = [
  "none",
  /** The connection is cut and nothing was done. */
  "unreachable",
  /** All is done, and then the connection is cut. */
  "answer_lost",
  "server_error",
  /** 429 beyond `perSecond` calls within a second; 2 unless given, 0 refuses every call. */
  "rate_limit",
  /** The call takes `delayMs` longer; 5,000 unless given. */
  "slow",
] as const;
export type Failure = (typeof FAILURES)[number];

export interface Control {
  failure: Failure;
  /** How many calls it is to hit; null means until it is switched off. */
  calls: number | null;
  delayMs: number;
  perSecond: number;
}

const OFF: Control = { failure: "none", calls: null, delayMs: 5_000, perSecond: 2 };

export class Failures {
  #control: Control = OFF;
  #recentCalls: number[] = [];
  #count = 0;

  /** What is switched on, and how many calls of the API there have been since the start. */
  state(): Control & { callsSeen: number } {
    return { ...this.#control, callsSeen: this.#count };
  }

  /** Switches. Throws a ResendError (422) when it is not understood. */
  set(given: unknown): void {
    this.#control = readControl(given);
    this.#recentCalls = [];
  }

  /**
   * Counts a call and says how it is to fail: throws the ResendError that it is to be answered with,
   * waits when it is to be slow, or returns whether the connection is to be cut, and when.
   */
  takeCall(): { hangUp: "before" | "after" | null; wait(): Promise<void> } {
    this.#count += 1;
    const { failure, calls, delayMs, perSecond } = this.#control;
    if (failure !== "none" && calls !== null) {
      this.#control = calls > 1 ? { ...this.#control, calls: calls - 1 } : OFF;
    }
    if (failure === "server_error") throw internalError("Internal server error.");
    if (failure === "rate_limit") this.#limit(perSecond);
    return {
      hangUp: failure === "unreachable" ? "before" : failure === "answer_lost" ? "after" : null,
      wait: async () => {
        if (failure === "slow") await sleep(delayMs);
      },
    };
  }

  #limit(perSecond: number): void {
    const now = Date.now();
    this.#recentCalls = this.#recentCalls.filter((at) => at > now - 1000);
    if (this.#recentCalls.length < perSecond) {
      this.#recentCalls.push(now);
      return;
    }
    throw new ResendError(
      429,
      "rate_limit_exceeded",
      `Too many requests. You can only make ${perSecond} requests per second. See rate limit response headers for more information. Or contact support to increase rate limit.`,
      {
        "retry-after": "1",
        "ratelimit-limit": String(perSecond),
        "ratelimit-remaining": "0",
        "ratelimit-reset": "1",
      },
    );
  }
}

function readControl(given: unknown): Control {
  if (!isObject(given)) throw invalidField("Send a JSON object.");
  const { failure, calls = OFF.calls, delayMs = OFF.delayMs, perSecond = OFF.perSecond } = given;
  if (!FAILURES.includes(failure as Failure)) {
    throw invalidField(`\`failure\` must be one of ${FAILURES.join(", ")}.`);
  }
  if (calls !== null && !isCount(calls, 1)) throw invalidField("`calls` must be 1 or more.");
  if (!isCount(delayMs, 0)) throw invalidField("`delayMs` must be 0 or more.");
  if (!isCount(perSecond, 0)) throw invalidField("`perSecond` must be 0 or more.");
  return { failure: failure as Failure, calls, delayMs, perSecond };
}

const isCount = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least;
