import { v } from "convex/values";
import type { Id } from "../../../../convex/_generated/dataModel";
import {
  type DatabaseReader,
  internalMutation,
  internalQuery,
} from "../../../../convex/_generated/server";
import { tenantReader } from "../../../../convex/tenancy/rules";
import { scopedReader } from "../../../../convex/tenancy/scopedDb";

/** The same read, with the raw database and behind both walls. For `npm run bench -- rls` only. */

const args = { tenantId: v.id("tenants"), count: v.number() };

export const raw = internalQuery({
  args,
  returns: v.number(),
  handler: async ({ db }, { tenantId, count }) => {
    const rows = await db
      .query("projects")
      .withIndex("by_tenant_archived_created", (q) =>
        q.eq("tenantId", tenantId).eq("archived", false),
      )
      .take(count);
    return rows.length;
  },
});

export const scoped = internalQuery({
  args,
  returns: v.number(),
  handler: async ({ db }, { tenantId, count }) => {
    const rows = await behindBothWalls(db, tenantId)
      .query("projects")
      .withIndex("by_tenant_archived_created", (q) => q.eq("archived", false))
      .take(count);
    return rows.length;
  },
});

function behindBothWalls(db: DatabaseReader, tenantId: Id<"tenants">) {
  const scope = { tenantId, memberId: null };
  return scopedReader(tenantReader(db, scope), scope);
}

/** Two tenants with `projects` projects each; gives the first one's id. */
export const fill = internalMutation({
  args: { projects: v.number() },
  returns: v.id("tenants"),
  handler: async ({ db }, { projects }) => {
    const tenants: Id<"tenants">[] = [];
    for (const slug of ["a", "b"]) {
      const tenant = { name: slug, slug, status: "active" as const, plan: "starter" as const };
      const tenantId = await db.insert("tenants", tenant);
      tenants.push(tenantId);
      const stageId = await db.insert("pipelineStages", {
        tenantId,
        name: "Design",
        category: "design",
        order: 0,
        targetDays: 7,
      });
      const createdBy = await db.insert("members", {
        tenantId,
        clerkUserId: slug,
        email: `${slug}@bench.test`,
        name: slug,
        roles: ["Viewer"],
        primaryRole: "Viewer",
        status: "active",
        profileUpdatedAt: 0,
      });
      for (let number = 1; number <= projects; number++) {
        await db.insert("projects", {
          sortName: `project ${number}`,
          category: "sale",
          crewIds: [],
          tenantId,
          number,
          name: `Project ${number}`,
          searchText: `Project ${number} Someone`,
          customerName: "Someone",
          siteAddress: "1 Main St",
          stageId,
          stageEnteredAt: 0,
          archived: false,
          createdBy,
          updatedAt: 0,
        });
      }
    }
    return tenants[0]!;
  },
});
