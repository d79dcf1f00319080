import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { pick } from "convex-helpers";
import type { Doc } from "./_generated/dataModel";
import { actorName } from "./model/audit";
import { activityKind } from "./tables/activity";
import { fieldChange } from "./tables/audit";
import { tenantQuery } from "./tenancy/functions";

const line = v.object({
  _id: v.id("projectActivity"),
  _creationTime: v.number(),
  projectId: v.id("projects"),
  projectName: v.string(),
  kind: activityKind,
  actor: v.object({ kind: literals("member", "system", "staff"), name: v.string() }),
  subject: v.optional(v.string()),
  changes: v.array(fieldChange),
  reason: v.optional(v.string()),
});

/** What happened to the company's projects, newest first. Needs projects.read. */
export const recent = tenantQuery({
  permission: "projects.read",
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(line),
  handler: async ({ db }, { paginationOpts }) => {
    const result = await db
      .query("projectActivity")
      .withIndex("by_tenant")
      .order("desc")
      .paginate(paginationOpts);
    return { ...result, page: result.page.map(shown) };
  },
});

/** What happened to one project, newest first. Needs projects.read. */
export const ofProject = tenantQuery({
  permission: "projects.read",
  args: { projectId: v.id("projects"), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(line),
  handler: async ({ db }, { projectId, paginationOpts }) => {
    const result = await db
      .query("projectActivity")
      .withIndex("by_tenant_project", (q) => q.eq("projectId", projectId))
      .order("desc")
      .paginate(paginationOpts);
    return { ...result, page: result.page.map(shown) };
  },
});

function shown(row: Doc<"projectActivity">) {
  const { actor } = row;
  return {
    ...pick(row, ["_id", "_creationTime", "projectId", "projectName", "kind"]),
    ...pick(row, ["subject", "changes", "reason"]),
    actor: { kind: actor.kind, name: actorName(actor) },
  };
}
