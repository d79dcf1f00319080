/**
 * The way from an event to the app's endpoint: at once, or as the control's switches say late, twice,
 * in another order or never. Signing, retries and survival of a kill are the webhook queue's.
 */
import { WebhookQueue } from "../../webhooks/queue.ts";
import type { Store } from "../store.ts";
import type { EventRecord } from "../wire.ts";
import { stripeSignature } from "./signature.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Waiting times before the first attempt and after each failed one: three days in all, as at Stripe. */
export const RETRY_SCHEDULE_MS: readonly number[] = [
  ...[0, 5_000, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR],
  ...[12 * HOUR, 12 * HOUR, 12 * HOUR, 12 * HOUR, 6 * HOUR],
];

/** An event that is kept back until the control lets it go. */
export interface HeldEvent {
  id: string;
}

export interface OutboxOptions {
  store: Store;
  url: string;
  secret: string;
  /** The event types that the endpoint wants; "*" for all. */
  enabledEvents: readonly string[];
  scheduleMs?: readonly number[];
  log(line: string): void;
}

export class Outbox {
  readonly url: string;
  readonly enabledEvents: readonly string[];
  readonly #store: Store;
  readonly #queue: WebhookQueue;

  constructor({ store, url, secret, enabledEvents, scheduleMs, log }: OutboxOptions) {
    this.url = url;
    this.enabledEvents = enabledEvents;
    this.#store = store;
    this.#queue = new WebhookQueue({
      name: "stripe",
      deliveries: store.deliveries,
      url,
      sign: (_id, sentAt, payload) => ({
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "Stripe-Signature": stripeSignature(secret, sentAt, payload),
      }),
      scheduleMs: scheduleMs ?? RETRY_SCHEDULE_MS,
      maxAtOnce: () => store.settings.webhooks.at_once,
      log,
    });
  }

  start(): void {
    this.#queue.start();
  }

  stop(): Promise<void> {
    return this.#queue.stop();
  }

  /** Takes a new event. Call it inside the transaction that writes the event. */
  add(event: EventRecord): void {
    const { hold, drop } = this.#store.settings.webhooks;
    if (!matches(this.enabledEvents, event.type) || matches(drop, event.type)) return;
    if (hold) this.#store.heldEvents.put({ id: event.id });
    else this.#send(event);
  }

  /** Lets the events go that were kept back, in the order of the settings. */
  release(): void {
    const held = this.#store.heldEvents.all();
    if (this.#store.settings.webhooks.order === "newest_first") held.reverse();
    for (const { id } of held) {
      this.#store.heldEvents.delete(id);
      this.resend(id);
    }
  }

  /** Sends an event once more, whatever has become of it. False when there is no such event. */
  resend(eventId: string): boolean {
    const event = this.#store.events.get(eventId);
    if (event) this.#send(event);
    return event !== undefined;
  }

  /** How many endpoints, of one, have yet to answer 2xx to this event. */
  pendingFor(eventId: string): number {
    const delivery = this.#store.deliveries.get(deliveryId(eventId, 0));
    return delivery?.state === "pending" || this.#store.heldEvents.get(eventId) ? 1 : 0;
  }

  #send(event: EventRecord): void {
    const { copies, delay_ms } = this.#store.settings.webhooks;
    let next = 0;
    while (this.#store.deliveries.get(deliveryId(event.id, next))) next += 1;
    for (let copy = next; copy < next + copies; copy += 1) {
      const id = deliveryId(event.id, copy);
      this.#queue.enqueue(event.type, { ...event, pending_webhooks: 1 }, { id, delayMs: delay_ms });
    }
  }
}

const deliveryId = (eventId: string, copy: number): string => `${eventId}.${copy}`;

function matches(types: readonly string[], type: string): boolean {
  return types.includes("*") || types.includes(type);
}
