import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { STAFF_ACTIONS, STAFF_LEVELS } from "../../lib/staff";
import { fieldChange } from "./audit";

/** A level of lib/staff.ts. */
export const staffLevel = literals(...STAFF_LEVELS);

/** Sunup's own people: of no company, so a platform table. Nothing that a customer sets writes it. */
export const staff = defineTable({
  /** Clerk's user id, the `sub` of its tokens; at most one row each. */
  clerkUserId: v.string(),
  /** Normalised; see lib/email.ts. */
  email: v.string(),
  name: v.string(),
  level: staffLevel,
  /** Milliseconds; set once somebody is staff no more. The row stays for the trail. */
  removedAt: v.optional(v.number()),
})
  .index("by_clerkUserId", ["clerkUserId"])
  .index("by_removedAt_level", ["removedAt", "level"]);

/**
 * What staff did, by whom, before and after. Append-only. Lines about a company stand in
 * its own audit trail as well.
 */
export const staffAudit = defineTable({
  /** Absent for what the command line or a policy did. */
  staffId: v.optional(v.id("staff")),
  /** The name at that time. */
  staffName: v.string(),
  action: literals(...STAFF_ACTIONS),
  /** The company that it was done to. */
  tenant: v.optional(v.id("tenants")),
  /** What it was done to, by the name it had then. */
  subject: v.string(),
  changes: v.array(fieldChange),
  reason: v.optional(v.string()),
  /** The alert for which the policy did it by itself. */
  alert: v.optional(v.id("securityAlerts")),
})
  .index("by_tenant", ["tenant"])
  .index("by_staffId", ["staffId"]);
