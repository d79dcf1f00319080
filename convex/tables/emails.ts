import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import { literals } from "convex-helpers/validators";

/** What a mail says: its kind, and the data that the kind's template shows. */
export const emailMessage = v.union(
  v.object({
    kind: v.literal("welcome"),
    data: v.object({ name: v.string(), companyName: v.string() }),
  }),
);
export type EmailMessage = Infer<typeof emailMessage>;

/** Mail to be sent, written in the transaction that causes it. */
export const emails = defineTable({
  tenantId: v.id("tenants"),
  message: emailMessage,
  to: v.string(),
  status: literals("queued", "sent", "failed"),
  /** The same key is never queued twice; also the provider's idempotency key. */
  idempotencyKey: v.string(),
}).index("by_tenant_idempotencyKey", ["tenantId", "idempotencyKey"]);
