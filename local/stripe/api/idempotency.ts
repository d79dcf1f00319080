/**
 * Idempotency keys: a POST that is repeated under the same key gets the first one's answer and does
 * nothing. The answer is kept in the transaction that did the work, so a kill cannot part the two.
 */
import { createHash } from "node:crypto";
import type { HttpRequest } from "../../http/routes.ts";
import type { Account } from "../account.ts";
import { invalid, StripeError } from "../errors.ts";
import { idempotencyKey, type ApiAnswer } from "./answer.ts";
import type { Params } from "./params.ts";

/** Stripe forgets keys when they are at least a day old. In seconds. */
const KEEP = 24 * 60 * 60;
const MAX_KEY_LENGTH = 255;

export interface IdempotentAnswer {
  /** The key. */
  id: string;
  endpoint: string;
  /** Hash of the parameters. */
  params: string;
  status: number;
  body: string;
  requestId: string;
  createdAt: number;
}

/**
 * Runs `work`, or repeats what it answered before. What `work` throws is not kept, as at Stripe, where
 * parameters that fail validation do not use up the key. Throws `idempotency_error` for a key that was
 * used for something else.
 */
export function idempotently(
  account: Account,
  request: HttpRequest,
  params: Params,
  requestId: string,
  work: () => ApiAnswer,
): ApiAnswer {
  const key = idempotencyKey(request);
  if (key === null || request.method !== "POST") return work();
  if (key.length > MAX_KEY_LENGTH) {
    throw invalid(`Idempotency keys can have up to ${MAX_KEY_LENGTH} characters.`);
  }
  const { idempotentAnswers } = account.store;
  const now = account.time.machine();
  const endpoint = `${request.method} ${request.path}`;
  const hash = createHash("sha256").update(JSON.stringify(params)).digest("base64");
  const kept = idempotentAnswers.get(key);
  if (kept && kept.createdAt > now - KEEP) {
    if (kept.endpoint !== endpoint)
      throw reused(key, "for the same endpoint they were first used for");
    if (kept.params !== hash)
      throw reused(key, "with the same parameters they were first used with");
    return {
      status: kept.status,
      body: kept.body,
      headers: {
        "Idempotent-Replayed": "true",
        "Original-Request": kept.requestId,
        "Idempotency-Key": key,
      },
    };
  }
  const answer = work();
  idempotentAnswers.put({ id: key, endpoint, params: hash, requestId, createdAt: now, ...answer });
  return { ...answer, headers: { "Original-Request": requestId, "Idempotency-Key": key } };
}

/** Deletes the keys that have been forgotten. */
export function forgetOldKeys({ store, time }: Account): void {
  for (const { id, createdAt } of store.idempotentAnswers.all()) {
    if (createdAt <= time.machine() - KEEP) store.idempotentAnswers.delete(id);
  }
}

function reused(key: string, how: string): StripeError {
  return new StripeError(
    400,
    "idempotency_error",
    `Keys for idempotent requests can only be used ${how}. Try using a key other than '${key}' if you meant to execute a different request.`,
  );
}
