import type { FunctionReference } from "convex/server";
import type { Id } from "../../convex/_generated/dataModel.js";
import { assistedMutation, tenantMutation, tenantQuery } from "../../convex/tenancy/functions.ts";
import type { TenantScheduler } from "../../convex/tenancy/scheduler.ts";
import type { ScopedWriter } from "../../convex/tenancy/scopedDb.ts";

/**
 * What must not compile. `npm run typecheck` fails when one of these lines does,
 * since its @ts-expect-error then has nothing to expect.
 */
export function mustNotCompile(db: ScopedWriter, tenantId: Id<"tenants">, id: Id<"projects">) {
  // The index must lead with tenantId.
  // @ts-expect-error by_clerkUserId crosses tenants
  void db.query("members").withIndex("by_clerkUserId", (q) => q.eq("clerkUserId", "user_1"));
  // @ts-expect-error by_creation_time crosses tenants
  void db.query("projects").withIndex("by_creation_time");
  // The wall has bound tenantId: the caller's range starts behind it.
  // @ts-expect-error tenantId cannot be named
  void db.query("projects").withIndex("by_tenant_number", (q) => q.eq("tenantId", tenantId));
  // There is no way around an index.
  // @ts-expect-error no full scan
  void db.query("projects").collect();
  // @ts-expect-error no full scan by name either
  void db.query("projects").fullTableScan();
  // Platform tables, system tables and the forms without a table name do not exist.
  // @ts-expect-error tenants is the platform's
  void db.query("tenants");
  // @ts-expect-error no system tables
  void db.system;
  // @ts-expect-error the table is named first
  void db.get(id);
  // @ts-expect-error the table is named first
  void db.patch(id, { name: "x" });
  // @ts-expect-error the table is named first
  void db.delete(id);
  // tenantId is stamped and never changes.
  // @ts-expect-error tenantId cannot be written
  void db.patch("projects", id, { tenantId });
  // @ts-expect-error tenantId cannot be written
  void db.insert("campaigns", { name: "x", isDefault: false, tenantId });
  // An id of one table is not an id of another.
  // @ts-expect-error a project is no member
  void db.get("members", id);
}

export function mustNotBeScheduled(
  schedule: TenantScheduler,
  job: FunctionReference<"mutation", "internal", { tenantId: Id<"tenants">; stageId: string }>,
  platformJob: FunctionReference<"mutation", "internal", { name: string }>,
  publicJob: FunctionReference<"mutation", "public", { tenantId: Id<"tenants"> }>,
  tenantId: Id<"tenants">,
) {
  // @ts-expect-error the tenant is stamped
  void schedule.after(0, job, { stageId: "x", tenantId });
  // @ts-expect-error the tenant is stamped
  void schedule.at(0, job, { stageId: "x", tenantId });
  // @ts-expect-error only work that takes a tenant
  void schedule.after(0, platformJob, { name: "x" });
  // @ts-expect-error only our own functions
  void schedule.after(0, publicJob, {});
}

export const alsoMustNotCompile = [
  tenantQuery({
    permission: "projects.read",
    args: {},
    // @ts-expect-error staff in an entry may call it, so there is no member
    handler: async ({ member }) => member,
  }),
  assistedMutation({
    permission: "projects.write",
    args: {},
    // @ts-expect-error staff in an entry may call it, so there is no member
    handler: async ({ member }) => member,
  }),
  assistedMutation({
    permission: "projects.write",
    args: {},
    // @ts-expect-error files are sent and kept by members
    handler: async ({ files }) => files,
  }),
  // @ts-expect-error a tenant's function names the permission it needs
  tenantQuery({ args: {}, handler: async () => null }),
  // @ts-expect-error and only one that exists
  tenantQuery({ permission: "projects.own", args: {}, handler: async () => null }),
  tenantMutation({
    permission: "projects.write",
    args: {},
    handler: async (ctx) => {
      // @ts-expect-error no nested call that could leave the tenant
      await ctx.runMutation({} as never, {});
      // @ts-expect-error no file storage: its addresses are for whoever has them
      await ctx.storage.generateUploadUrl();
      // @ts-expect-error no scheduler without a tenant
      await ctx.scheduler.runAfter(0, {} as never);
      // @ts-expect-error the token is read once, by the builder
      await ctx.auth.getUserIdentity();
    },
  }),
];
