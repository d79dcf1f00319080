import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";

export const surveyStatus = literals("scheduled", "completed", "cancelled");

export const surveyAnswer = v.union(v.string(), v.number(), v.boolean());

/** Answers by question (lib/surveyForm.ts says which there are and what each takes). */
export const surveyAnswers = v.record(v.string(), surveyAnswer);

/** A visit to a site to measure and photograph it. Its photos are documents of the project. */
export const surveys = defineTable({
  tenantId: v.id("tenants"),
  projectId: v.id("projects"),
  status: surveyStatus,
  /** Milliseconds. */
  startsAt: v.number(),
  assigneeId: v.id("members"),
  /** What the surveyor should know beforehand; "" for nothing. */
  note: v.string(),
  answers: surveyAnswers,
  /** Milliseconds. */
  completedAt: v.optional(v.number()),
  completedByName: v.optional(v.string()),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_starts", ["tenantId", "startsAt"])
  .index("by_tenant_assignee_starts", ["tenantId", "assigneeId", "startsAt"])
  // Not covered by the next one: this is the project's list, newest first, whatever the status.
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant_project", ["tenantId", "projectId"])
  .index("by_tenant_project_status", ["tenantId", "projectId", "status"]);
