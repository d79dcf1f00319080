import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import schema from "../schema";
import { staffQuery } from "../tenancy/functions";

const { fields } = schema.tables.staffAudit.validator;

const line = v.object({ ...fields, _id: v.id("staffAudit"), _creationTime: v.number() });

/** What staff did, newest first. Staff only. Throws UNAUTHENTICATED, NOT_FOUND. */
export const recent = staffQuery({
  level: "support",
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(line),
  handler: async ({ platform }, { paginationOpts }) =>
    await platform.query("staffAudit").order("desc").paginate(paginationOpts),
});

/** What staff did with one company, newest first. Staff only. Throws UNAUTHENTICATED, NOT_FOUND. */
export const ofTenant = staffQuery({
  level: "support",
  args: { tenantId: v.id("tenants"), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(line),
  handler: async ({ platform }, { tenantId, paginationOpts }) =>
    await platform
      .query("staffAudit")
      .withIndex("by_tenant", (q) => q.eq("tenant", tenantId))
      .order("desc")
      .paginate(paginationOpts),
});
