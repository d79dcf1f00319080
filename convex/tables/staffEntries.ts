import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { ENTRY_ACCESS, ENTRY_ENDINGS, ENTRY_STATES } from "../../lib/staffEntry";

export const entryAccess = literals(...ENTRY_ACCESS);
export const entryState = literals(...ENTRY_STATES);
export const entryEnding = literals(...ENTRY_ENDINGS);

/**
 * Each time that Sunup's staff asked to come into a company, and what became of it. A company's
 * own table: its administrators see who was here, when and why. Times in milliseconds.
 */
export const staffEntries = defineTable({
  tenantId: v.id("tenants"),
  /** Who: the id of a row of `staff`, as text, since no row of a company refers to the platform's. */
  staffId: v.string(),
  /** The name at that time. */
  staffName: v.string(),
  access: entryAccess,
  reason: v.string(),
  state: entryState,
  /** When it ends by itself: the stay, or for a request the time to answer. */
  endsAt: v.number(),
  /** When they came in; absent for a request that was never granted. */
  openedAt: v.optional(v.number()),
  endedAt: v.optional(v.number()),
  ending: v.optional(entryEnding),
  /** The administrator who granted, refused or ended it. */
  decidedBy: v.optional(v.string()),
})
  // Not covered by the next one: the list is in order of time, whatever the state.
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_state", ["tenantId", "state"])
  // Crosses tenants: finds the one entry of a verified token; the tenant is what is looked for.
  .index("by_staffId_state", ["staffId", "state"]);
