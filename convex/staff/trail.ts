import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import schema from "../schema";
import { staffQuery } from "../tenancy/functions";

const { fields } = schema.tables.staffAudit.validator;

/** What staff did, newest first. Staff only. Throws UNAUTHENTICATED, NOT_FOUND. */
export const recent = staffQuery({
  level: "support",
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(
    v.object({ ...fields, _id: v.id("staffAudit"), _creationTime: v.number() }),
  ),
  handler: async ({ platform }, { paginationOpts }) =>
    await platform.query("staffAudit").order("desc").paginate(paginationOpts),
});
