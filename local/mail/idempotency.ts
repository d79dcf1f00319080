/** Idempotency keys as Resend has them: for 24 hours a repeated request gets the same answer and sends nothing. */
import { createHash } from "node:crypto";
import type { HttpRequest } from "../http/routes.ts";
import { ResendError } from "./errors.ts";
import type { MailStore } from "./store.ts";

const KEY_LIFETIME_MS = 24 * 60 * 60_000;
const MAX_KEY_LENGTH = 256;

export class Idempotency {
  readonly #store: MailStore;
  readonly #now: () => number;
  readonly #underway = new Set<string>();

  constructor(store: MailStore, now: () => number) {
    this.#store = store;
    this.#now = now;
    for (const { id, createdAt } of store.answers.all()) {
      if (this.#isOld(createdAt)) store.answers.delete(id);
    }
  }

  /**
   * Does `work` in one transaction with the note that it was done, or gives the answer that this
   * request was given before. `wait` is time that the work takes. Throws Resend's 409 when the key
   * belongs to another request, or to one that is still being worked on.
   */
  async once(
    request: HttpRequest,
    work: () => unknown,
    wait: () => Promise<void>,
  ): Promise<unknown> {
    const key = request.headers["idempotency-key"];
    if (key === undefined) {
      await wait();
      return this.#store.transaction(work);
    }
    if (typeof key !== "string" || key.length < 1 || key.length > MAX_KEY_LENGTH) {
      throw new ResendError(
        400,
        "invalid_idempotency_key",
        `The key must be between 1-${MAX_KEY_LENGTH} chars.`,
      );
    }
    const requestHash = hashOf(request);
    const known = this.#store.answers.get(key);
    if (known && !this.#isOld(known.createdAt)) {
      if (known.requestHash === requestHash) return known.answer;
      throw new ResendError(
        409,
        "invalid_idempotent_request",
        "Same idempotency key used with a different request payload.",
      );
    }
    if (this.#underway.has(key)) {
      throw new ResendError(
        409,
        "concurrent_idempotent_requests",
        "Same idempotency key used while original request is still in progress.",
      );
    }
    this.#underway.add(key);
    try {
      await wait();
      return this.#store.transaction(() => {
        const answer = work();
        this.#store.answers.put({ id: key, requestHash, answer, createdAt: this.#now() });
        return answer;
      });
    } finally {
      this.#underway.delete(key);
    }
  }

  #isOld(createdAt: number): boolean {
    return createdAt <= this.#now() - KEY_LIFETIME_MS;
  }
}

function hashOf({ path, headers, body }: HttpRequest): string {
  const mode = String(headers["x-batch-validation"] ?? "");
  return createHash("sha256")
    .update(JSON.stringify([path, mode, body]))
    .digest("hex");
}
