import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { ALERT_KINDS, LOCKABLE_ALERTS, SECURITY_KINDS } from "../../lib/security";

export const securityKind = literals(...SECURITY_KINDS);
export const alertKind = literals(...ALERT_KINDS);
export const lockableAlert = literals(...LOCKABLE_ALERTS);
export const alertStatus = literals("open", "acknowledged");

/**
 * What security heard of, in all companies. Append-only, kept for 400 days. The names of companies
 * and people are those of that moment; the rest is what the log says (tenancy/securityLog.ts).
 */
export const securityAuditLog = defineTable({
  kind: securityKind,
  /** When it happened; milliseconds. The row is written when the log stream brings it. */
  at: v.number(),
  /** How often the same was tried in one batch of the log. */
  count: v.number(),
  /** The company for which the caller acted: its own. */
  tenant: v.optional(v.id("tenants")),
  tenantName: v.optional(v.string()),
  /** The company whose data was reached for. */
  attemptedTenant: v.optional(v.id("tenants")),
  /** Clerk's id of the caller; absent for background work, and while nobody is signed in. */
  userId: v.optional(v.string()),
  userName: v.optional(v.string()),
  /** What was reached for: a table and a row's id, a function, a list, a webhook. */
  resource: v.string(),
  operation: v.optional(v.string()),
  /** The function or route, and the request; "" where there is none. */
  path: v.string(),
  requestId: v.string(),
  /** Of HTTP requests only: what comes over the WebSocket does not say. */
  address: v.optional(v.string()),
  agent: v.optional(v.string()),
})
  .index("by_kind_at", ["kind", "at"])
  .index("by_kind_resource_at", ["kind", "resource", "at"])
  .index("by_userId_kind_at", ["userId", "kind", "at"])
  .index("by_userId_at", ["userId", "at"])
  .index("by_tenant_kind_at", ["tenant", "kind", "at"])
  .index("by_tenant_at", ["tenant", "at"])
  .index("by_attemptedTenant", ["attemptedTenant"])
  .index("by_at", ["at"]);

/** Something that staff should look at: one row per kind and person (or source) as long as it is open. */
export const securityAlerts = defineTable({
  kind: alertKind,
  /** Whom or what it is about, unique within the kind: a user, a company, a sender of webhooks. */
  subject: v.string(),
  subjectName: v.string(),
  tenant: v.optional(v.id("tenants")),
  tenantName: v.optional(v.string()),
  userId: v.optional(v.string()),
  /** The person's membership, of that company. */
  member: v.optional(v.id("members")),
  /** Events so far. */
  count: v.number(),
  firstAt: v.number(),
  lastAt: v.number(),
  status: alertStatus,
  /** Since when the person is locked out; kept up to date in the newest alerts about them. */
  lockedSince: v.optional(v.number()),
  /** This alert locked them, since the policy says so. */
  lockedByPolicy: v.optional(v.boolean()),
  acknowledged: v.optional(
    v.object({ at: v.number(), staffId: v.id("staff"), staffName: v.string(), note: v.string() }),
  ),
})
  .index("by_status_lastAt", ["status", "lastAt"])
  .index("by_kind_subject_status", ["kind", "subject", "status"])
  .index("by_tenant_lastAt", ["tenant", "lastAt"])
  .index("by_userId_lastAt", ["userId", "lastAt"]);

/** Which new alerts lock the person out at once: one row per kind that does, none while that is off. */
export const lockPolicies = defineTable({ kind: lockableAlert }).index("by_kind", ["kind"]);

/** Which functions failed lately for whom, to count the different ones. Kept for an hour. */
export const recentFailures = defineTable({
  /** Clerk's user id, or "nobody known" for functions that do not exist. */
  client: v.string(),
  path: v.string(),
  at: v.number(),
})
  .index("by_client_path", ["client", "path"])
  .index("by_client_at", ["client", "at"])
  .index("by_at", ["at"]);

/** How many calls failed for a member in one minute of the clock. Kept for an hour. */
export const failureMinutes = defineTable({
  /** Clerk's user id. */
  client: v.string(),
  /** When it began; milliseconds. */
  minute: v.number(),
  count: v.number(),
})
  .index("by_client_minute", ["client", "minute"])
  .index("by_minute", ["minute"]);
