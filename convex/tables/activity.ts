import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { ACTIVITY_KINDS } from "../../lib/activity";
import { auditActor, fieldChange } from "./audit";

export const activityKind = literals(...ACTIVITY_KINDS);

/** The timeline of every project: what happened, by whom, before and after. Append-only. */
export const projectActivity = defineTable({
  tenantId: v.id("tenants"),
  projectId: v.id("projects"),
  /** The project's name at that time, so that a list of lines needs no look-ups. */
  projectName: v.string(),
  kind: activityKind,
  actor: auditActor,
  /** What it was done to within the project, by the name it had then; absent for the project itself. */
  subject: v.optional(v.string()),
  changes: v.array(fieldChange),
  reason: v.optional(v.string()),
})
  // Not covered by the next one: this is the company's timeline, newest first, across projects.
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_project", ["tenantId", "projectId"]);
