import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { ROLES } from "../../lib/roles";

/** A role of lib/roles.ts. */
export const role = literals(...ROLES);

export const memberStatus = literals("active", "deactivated");

/** Sunup's staff turned the access off, and only they turn it on again. Times in milliseconds. */
export const memberLock = v.object({
  since: v.number(),
  reason: v.string(),
  /** Whether the access was on before. */
  wasActive: v.boolean(),
});

/** A person of a company: the one membership of a Clerk user. */
export const members = defineTable({
  tenantId: v.id("tenants"),
  /** Clerk's user id, the `sub` of its tokens. */
  clerkUserId: v.string(),
  /** Normalised; see lib/email.ts. */
  email: v.string(),
  name: v.string(),
  /** In the order of lib/roles.ts, each once. */
  roles: v.array(role),
  primaryRole: role,
  status: memberStatus,
  /** Set while Sunup keeps the account locked; administrators read the reason. */
  lock: v.optional(memberLock),
  /** Milliseconds; when Clerk told us that the account is gone. Such a member cannot come back. */
  accountDeletedAt: v.optional(v.number()),
  /** Clerk's `updated_at` of the profile that is stored here, so that a late event changes nothing. */
  profileUpdatedAt: v.number(),
})
  // Not covered by the next one: it keeps the list in the order in which people joined.
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_email", ["tenantId", "email"])
  .index("by_tenant_status_roles", ["tenantId", "status", "roles"])
  // Crosses tenants: finds the companies of a person whom staff look for.
  .index("by_email", ["email"])
  // Crosses tenants: finds the one membership of a verified token.
  .index("by_clerkUserId", ["clerkUserId"]);
