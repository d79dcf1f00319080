import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { INVITATION_PROBLEMS, INVITATION_STATUSES } from "../../lib/team";
import { role } from "./members";

export const invitationStatus = literals(...INVITATION_STATUSES);
export const invitationProblem = literals(...INVITATION_PROBLEMS);

/**
 * Somebody whom the company asked to join. Clerk follows this row, never the other way
 * round: `round` counts the changes that Clerk has to follow (sent, sent again, withdrawn),
 * `settledRound` is the last one that it has. Where they differ, work is scheduled.
 */
export const invitations = defineTable({
  tenantId: v.id("tenants"),
  /** Normalised; see lib/email.ts. */
  email: v.string(),
  roles: v.array(role),
  primaryRole: role,
  invitedBy: v.id("members"),
  status: invitationStatus,
  /** Milliseconds; the link is worth nothing after it. */
  expiresAt: v.number(),
  round: v.number(),
  settledRound: v.number(),
  /** How often the present round was tried. */
  attempts: v.number(),
  problem: v.optional(invitationProblem),
  /** Milliseconds; when the last mail was queued. */
  sentAt: v.optional(v.number()),
  /** Clerk's invitation; none when the address has an account at Clerk already. */
  clerkInvitationId: v.optional(v.string()),
  /** The last mail. */
  emailId: v.optional(v.id("emails")),
  acceptedBy: v.optional(v.id("members")),
  /** Milliseconds; set while Clerk has not followed and nobody tries any more. */
  failedAt: v.optional(v.number()),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_status", ["tenantId", "status"])
  .index("by_tenant_email_status", ["tenantId", "email", "status"])
  // Crosses tenants: Sunup's staff see what failed anywhere.
  .index("by_failedAt", ["failedAt"]);
