import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { literals, nullable } from "convex-helpers/validators";
import { pick } from "convex-helpers";
import { AUDIT_GROUPS } from "../lib/audit";
import { auditExport } from "./model/exports";
import { auditAction, auditActor, fieldChange } from "./tables/audit";
import { tenantMutation, tenantQuery } from "./tenancy/functions";

const line = v.object({
  _id: v.id("auditLog"),
  _creationTime: v.number(),
  action: auditAction,
  actor: auditActor,
  subject: v.string(),
  changes: v.array(fieldChange),
  reason: v.optional(v.string()),
});

/**
 * The company's audit trail, newest first: of one group, of one person (a member's id, "sunup" or
 * "staff"), from `since` until before `until` (milliseconds), or all. Needs audit.read.
 */
export const list = tenantQuery({
  permission: "audit.read",
  args: {
    paginationOpts: paginationOptsValidator,
    group: nullable(literals(...AUDIT_GROUPS)),
    person: nullable(v.string()),
    since: nullable(v.number()),
    until: nullable(v.number()),
  },
  returns: paginationResultValidator(line),
  handler: async ({ db }, { paginationOpts, group, person, ...days }) => {
    const since = days.since ?? 0;
    const until = days.until ?? Number.MAX_SAFE_INTEGER;
    const trail = db.query("auditLog");
    const found =
      group !== null && person !== null
        ? trail.withIndex("by_tenant_group_person", (q) =>
            q
              .eq("group", group)
              .eq("person", person)
              .gte("_creationTime", since)
              .lt("_creationTime", until),
          )
        : group !== null
          ? trail.withIndex("by_tenant_group", (q) =>
              q.eq("group", group).gte("_creationTime", since).lt("_creationTime", until),
            )
          : person !== null
            ? trail.withIndex("by_tenant_person", (q) =>
                q.eq("person", person).gte("_creationTime", since).lt("_creationTime", until),
              )
            : trail.withIndex("by_tenant", (q) =>
                q.gte("_creationTime", since).lt("_creationTime", until),
              );
    const result = await found.order("desc").paginate(paginationOpts);
    const page = result.page.map((row) =>
      pick(row, ["_id", "_creationTime", "action", "actor", "subject", "changes", "reason"]),
    );
    return { ...result, page };
  },
});

/** Leaves a line in the trail about itself being downloaded. Needs audit.read. Throws INVALID. */
export const recordDownload = tenantMutation({
  permission: "audit.read",
  args: { count: v.number() },
  returns: v.null(),
  handler: async (ctx, { count }) => {
    await auditExport(ctx, "audit.exported", "audit lines", count);
    return null;
  },
});
