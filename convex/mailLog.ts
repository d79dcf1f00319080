import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { pick } from "convex-helpers";
import { emailStatus } from "./tables/emails";
import { tenantQuery } from "./tenancy/functions";

/** The company's mail, newest first: to whom, of which kind, and what became of it. Needs audit.read. */
export const recent = tenantQuery({
  permission: "audit.read",
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(
    v.object({
      _id: v.id("emails"),
      _creationTime: v.number(),
      /** A kind of mail of convex/tables/emails.ts. */
      kind: v.string(),
      to: v.string(),
      status: emailStatus,
      attempts: v.number(),
      lastError: v.optional(v.string()),
    }),
  ),
  handler: async ({ db }, { paginationOpts }) => {
    const result = await db
      .query("emails")
      .withIndex("by_tenant")
      .order("desc")
      .paginate(paginationOpts);
    const page = result.page.map((mail) => ({
      ...pick(mail, ["_id", "_creationTime", "to", "status", "attempts", "lastError"]),
      kind: mail.message.kind,
    }));
    return { ...result, page };
  },
});
