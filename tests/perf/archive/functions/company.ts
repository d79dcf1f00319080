import { v } from "convex/values";
import { internal } from "../../../../convex/_generated/api";
import type { Id } from "../../../../convex/_generated/dataModel";
import { internalMutation, internalQuery } from "../../../../convex/_generated/server";
import { ARCHIVE_ORDER } from "../../../../convex/tenancy/archive/tables";

/** Companies to take away and to bring back, with as many rows as one likes. For `npm run bench -- archive` only. */

const actor = { kind: "system" as const };

/** A company of nobody, as little as one can be restored into. */
export const make = internalMutation({
  args: { slug: v.string() },
  returns: v.id("tenants"),
  handler: async ({ db }, { slug }) =>
    await db.insert("tenants", {
      ...{ name: `${slug} Solar`, slug, plan: "pro", status: "active" },
    }),
});

/** A stage and a member, for `fill`. */
export const prepare = internalMutation({
  args: { tenantId: v.id("tenants") },
  returns: v.object({ stageId: v.id("pipelineStages"), memberId: v.id("members") }),
  handler: async ({ db }, { tenantId }) => {
    const stageId = await db.insert("pipelineStages", {
      ...{ tenantId, name: "Design", category: "design", order: 0, targetDays: 7 },
    });
    const memberId = await db.insert("members", {
      ...{ tenantId, clerkUserId: "user_large", email: "ada@large.example", name: "Ada" },
      ...{ roles: ["Sales"], primaryRole: "Sales", status: "deactivated", profileUpdatedAt: 0 },
    });
    return { stageId, memberId };
  },
});

/** `count` projects, each with four lines of its timeline and five of the trail. */
export const fill = internalMutation({
  args: {
    tenantId: v.id("tenants"),
    stageId: v.id("pipelineStages"),
    memberId: v.id("members"),
    from: v.number(),
    count: v.number(),
  },
  returns: v.null(),
  handler: async ({ db }, { tenantId, stageId, memberId, from, count }) => {
    for (let number = from; number < from + count; number++) {
      const name = `Roof ${number}`;
      const projectId = await db.insert("projects", {
        ...{ tenantId, number, name, sortName: name.toLowerCase(), customerName: "Joan Miller" },
        ...{ siteAddress: `${number} Elm Street, Boise, ID 83702`, systemSizeKw: 8.4 },
        ...{ crewIds: [memberId], stageId, category: "design", stageEnteredAt: number },
        ...{ archived: false, createdBy: memberId, updatedAt: number, searchText: name },
      });
      for (let n = 0; n < 4; n++) await line(projectId, name);
      for (let n = 0; n < 5; n++) {
        const change = { field: "name", before: "Roof", after: name };
        const action = "company.updated" as const;
        await db.insert("auditLog", { tenantId, action, actor, subject: name, changes: [change] });
      }
    }
    return null;

    async function line(projectId: Id<"projects">, projectName: string) {
      const change = { field: "notes", before: "", after: "Panels arrive on Tuesday." };
      const kind = "changed" as const;
      const row = { tenantId, projectId, projectName, kind, actor, changes: [change] };
      await db.insert("projectActivity", row);
    }
  },
});

/** Begins an archive as staff do. */
export const start = internalMutation({
  args: { tenantId: v.id("tenants") },
  returns: v.id("archives"),
  handler: async ({ db, scheduler }, { tenantId }) => {
    const archiveId = await db.insert("archives", {
      ...{ tenantId, state: "running", askedBy: actor, startedAt: Date.now(), lost: 0 },
      progress: {
        place: { kind: "table", table: ARCHIVE_ORDER[0]!, cursor: null },
        ...{ bytes: 0, rows: 0, files: 0 },
      },
    });
    await scheduler.runAfter(0, internal.archives.write.work, { tenantId, archiveId });
    return archiveId;
  },
});

/** Where the stored bytes of a whole archive are, in order; null as long as it is being written. */
export const written = internalQuery({
  args: { archiveId: v.id("archives") },
  returns: v.union(v.null(), v.object({ rows: v.number(), urls: v.array(v.string()) })),
  handler: async ({ db, storage }, { archiveId }) => {
    const archive = await db.get("archives", archiveId);
    if (archive?.state !== "ready") return null;
    const segments = await db
      .query("archiveSegments")
      .withIndex("by_tenant_archive_start", (q) =>
        q.eq("tenantId", archive.tenantId).eq("archiveId", archiveId),
      )
      .collect();
    const urls: string[] = [];
    for (const { storageId } of segments) urls.push((await storage.getUrl(storageId))!);
    return { rows: archive.progress.rows, urls };
  },
});
