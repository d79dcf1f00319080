import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { TASK_STATES } from "../../lib/tasks";

export const taskState = literals(...TASK_STATES);

/** Something to be done for a project. */
export const tasks = defineTable({
  tenantId: v.id("tenants"),
  projectId: v.id("projects"),
  /** The project's name, which follows it (model/taskProjects.ts), so that lists need no look-ups. */
  projectName: v.string(),
  /** Whether the project is archived: its tasks are then nobody's business. Leads the lists' indexes. */
  archived: v.boolean(),
  title: v.string(),
  /** A day of the company's time zone, "2026-11-23". */
  dueDay: v.optional(v.string()),
  assigneeId: v.optional(v.id("members")),
  state: taskState,
  /** The place in lists: an open task's day, those without one last; a done one's moment. */
  sortKey: v.string(),
  createdBy: v.id("members"),
  /** Milliseconds, and who did it; stays while a done task is removed. */
  doneAt: v.optional(v.number()),
  doneBy: v.optional(v.id("members")),
  doneByName: v.optional(v.string()),
  /** Milliseconds. */
  removedAt: v.optional(v.number()),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_project", ["tenantId", "projectId", "state", "sortKey"])
  .index("by_tenant_assignee", ["tenantId", "archived", "assigneeId", "state", "sortKey"])
  .index("by_tenant_due", ["tenantId", "archived", "state", "sortKey"]);
