/** Events: what happened, with the object as it was then. They are written with the change they tell. */
import { randomId } from "../../storage/ids.ts";
import { API_VERSION, type Account } from "../account.ts";
import type { EventRecord, EventType } from "../wire.ts";
import { previousAttributes } from "./changes.ts";

/** Writes an event and queues its delivery. Call it inside the transaction of the change. */
export function emit(
  account: Account,
  type: EventType,
  object: object,
  { before, created }: { before?: object; created: number },
): void {
  const previous = before && previousAttributes(before, object);
  if (before && !previous) return;
  const event: EventRecord = {
    id: randomId("evt"),
    object: "event",
    api_version: API_VERSION,
    created,
    data: {
      object: object as Record<string, unknown>,
      ...(previous ? { previous_attributes: previous } : {}),
    },
    livemode: false,
    pending_webhooks: 0,
    request: {
      id: account.cause?.id ?? null,
      idempotency_key: account.cause?.idempotencyKey ?? null,
    },
    type,
  };
  account.store.events.put(event);
  account.outbox.add(event);
}
