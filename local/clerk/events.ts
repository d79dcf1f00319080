/** The events that Clerk tells the app, in its format. */
import type { WebhookQueue } from "../webhooks/queue.ts";

export type ClerkEventType =
  | `user.${"created" | "updated" | "deleted"}`
  | `session.${"created" | "ended" | "removed" | "revoked"}`;

export interface ClerkEvents {
  /** Queues an event. Call it inside the transaction that changes what the event tells. */
  enqueue(type: ClerkEventType, data: unknown): void;
}

export function clerkEvents(queue: WebhookQueue): ClerkEvents {
  return {
    enqueue: (type, data) =>
      queue.enqueue(type, {
        data,
        object: "event",
        type,
        timestamp: Date.now(),
        instance_id: "ins_local",
      }),
  };
}
