/**
 * Webhooks of a local service, delivered as the real one does: signed, tried again on a growing schedule
 * until a 2xx comes back within 15 seconds, under the same id each time. An event is written in the
 * transaction that caused it, so neither can be lost without the other, and it survives a kill.
 */
import { randomId } from "../storage/ids.ts";
import type { Collection } from "../storage/collection.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Svix's waiting times: before the first attempt, then after each failed one. In milliseconds. */
export const SVIX_RETRY_SCHEDULE_MS: readonly number[] = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  10 * HOUR,
];
const ATTEMPT_TIMEOUT_MS = 15 * SECOND;
const MAX_AT_ONCE = 8;
/** How long delivered or given-up events are remembered. */
const KEEP_FINISHED_MS = 7 * 24 * HOUR;

export interface DeliveryRecord {
  /** The same on every attempt, so that the receiver can tell a repetition. */
  id: string;
  state: "pending" | "delivered" | "failed";
  type: string;
  payload: string;
  attempts: number;
  nextAttemptAt: number;
  /** HTTP status of the last answer, or null when there was none. */
  lastStatus: number | null;
  createdAt: number;
}

/** Where a service keeps its deliveries. */
export type Deliveries = Collection<DeliveryRecord>;

/** How a Collection of deliveries must be indexed. */
export const DELIVERY_INDEXES: { ordered: ["state", "nextAttemptAt"][] } = {
  ordered: [["state", "nextAttemptAt"]],
};

export interface WebhookOptions {
  /** The service's name, for its log. */
  name: string;
  deliveries: Deliveries;
  url: string;
  /** The headers that prove who sent it and when. */
  sign(id: string, sentAt: Date, payload: string): Record<string, string>;
  scheduleMs?: readonly number[];
  /** How many attempts may be under way at once; with one, events arrive in their order. */
  maxAtOnce?(): number;
  log(line: string): void;
}

export class WebhookQueue {
  readonly #name: string;
  readonly #deliveries: Deliveries;
  readonly #url: string;
  readonly #sign: WebhookOptions["sign"];
  readonly #schedule: readonly number[];
  readonly #maxAtOnce: () => number;
  readonly #log: (line: string) => void;
  readonly #stopped = new AbortController();
  readonly #underway = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: WebhookOptions) {
    this.#name = options.name;
    this.#deliveries = options.deliveries;
    this.#url = options.url;
    this.#sign = options.sign;
    this.#schedule = options.scheduleMs ?? SVIX_RETRY_SCHEDULE_MS;
    this.#maxAtOnce = options.maxAtOnce ?? (() => MAX_AT_ONCE);
    this.#log = options.log;
  }

  /** Begins delivering, first of all what an earlier run left. */
  start(): void {
    for (const state of ["delivered", "failed"] as const) {
      for (const delivery of this.#deliveries.list("state", state)) {
        if (delivery.createdAt < Date.now() - KEEP_FINISHED_MS)
          this.#deliveries.delete(delivery.id);
      }
    }
    this.#wake();
  }

  /**
   * Queues an event, to be sent after `delayMs`. Call it inside the transaction that changes what the
   * event tells. An event gets a random id in Svix's form unless the service names it.
   */
  enqueue(type: string, body: unknown, { id = randomId("msg"), delayMs = 0 } = {}): void {
    const now = Date.now();
    this.#deliveries.put({
      id,
      state: "pending",
      type,
      payload: JSON.stringify(body),
      attempts: 0,
      nextAttemptAt: now + delayMs + (this.#schedule[0] ?? 0),
      lastStatus: null,
      createdAt: now,
    });
    // After the transaction: by then the row is there, or the change was undone and it is not.
    setImmediate(() => this.#wake());
  }

  /** Stops. An attempt that is under way is broken off and will be made again by the next run. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    clearTimeout(this.#timer);
    await Promise.all(this.#underway.values());
  }

  #wake(): void {
    if (this.#stopped.signal.aborted) return;
    clearTimeout(this.#timer);
    const maxAtOnce = this.#maxAtOnce();
    // Those under way may be among the first, and one more tells how long to wait.
    const waiting = this.#deliveries
      .listFirst("state", "pending", "nextAttemptAt", 2 * maxAtOnce + 1)
      .filter(({ id }) => !this.#underway.has(id));
    for (const delivery of waiting) {
      const wait = delivery.nextAttemptAt - Date.now();
      if (this.#underway.size >= maxAtOnce) return;
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#wake(), wait);
        return;
      }
      const attempt = this.#attempt(delivery).finally(() => {
        this.#underway.delete(delivery.id);
        this.#wake();
      });
      this.#underway.set(delivery.id, attempt);
    }
  }

  async #attempt(delivery: DeliveryRecord): Promise<void> {
    const status = await this.#post(delivery);
    if (this.#stopped.signal.aborted) return;
    const attempts = delivery.attempts + 1;
    const succeeded = status !== null && status >= 200 && status < 300;
    const wait = this.#schedule[attempts];
    const givenUp = !succeeded && wait === undefined;
    this.#deliveries.put({
      ...delivery,
      state: succeeded ? "delivered" : givenUp ? "failed" : "pending",
      attempts,
      nextAttemptAt: Date.now() + (wait ?? 0),
      lastStatus: status,
    });
    if (!succeeded) {
      this.#log(
        `${this.#name}: webhook ${delivery.type} (${delivery.id}) attempt ${attempts} got ${status ?? "no answer"}; ` +
          (givenUp ? "no more attempts" : `next in ${Math.round((wait ?? 0) / SECOND)} s`),
      );
    }
  }

  /** One attempt: the HTTP status, or null when none came in time. */
  async #post({ id, payload }: DeliveryRecord): Promise<number | null> {
    try {
      const response = await fetch(this.#url, {
        method: "POST",
        redirect: "manual",
        headers: { "Content-Type": "application/json", ...this.#sign(id, new Date(), payload) },
        body: payload,
        signal: AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return null;
    }
  }
}
