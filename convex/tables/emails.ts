import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";

export const emailKind = literals("welcome");

/** Mail to be sent, written in the transaction that causes it. */
export const emails = defineTable({
  tenantId: v.id("tenants"),
  kind: emailKind,
  to: v.string(),
  status: literals("queued", "sent", "failed"),
  /** The same key is never queued twice; also the provider's idempotency key. */
  idempotencyKey: v.string(),
}).index("by_tenant_idempotencyKey", ["tenantId", "idempotencyKey"]);
