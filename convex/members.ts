import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { pick } from "convex-helpers";
import { PERMISSIONS } from "../lib/roles";
import { profileOf } from "./model/company";
import { memberStatus, role } from "./tables/members";
import { closing, planId, tenantStatus } from "./tables/tenants";
import { tenantQuery } from "./tenancy/functions";

/** Who I am here, in which company, with which rights. Any active member. */
export const me = tenantQuery({
  permission: "member",
  args: {},
  returns: v.object({
    member: v.object({
      _id: v.id("members"),
      name: v.string(),
      email: v.string(),
      roles: v.array(role),
      primaryRole: role,
      permissions: v.array(literals(...PERMISSIONS)),
    }),
    tenant: v.object({
      _id: v.id("tenants"),
      name: v.string(),
      slug: v.string(),
      plan: planId,
      status: tenantStatus,
      trialEndsAt: v.optional(v.number()),
      closing: v.optional(closing),
      logoId: v.optional(v.id("files")),
    }),
  }),
  handler: async ({ db, member, tenant, permissions }) => ({
    member: {
      ...pick(member, ["_id", "name", "email", "roles", "primaryRole"]),
      permissions: [...permissions],
    },
    tenant: {
      ...pick(tenant, ["_id", "name", "slug", "plan", "status", "trialEndsAt", "closing"]),
      logoId: (await profileOf(db))?.logoId,
    },
  }),
});

/** The people of the company, oldest membership first. Needs team.read. */
export const list = tenantQuery({
  permission: "team.read",
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(
    v.object({
      _id: v.id("members"),
      _creationTime: v.number(),
      name: v.string(),
      email: v.string(),
      roles: v.array(role),
      primaryRole: role,
      status: memberStatus,
    }),
  ),
  handler: async ({ db }, { paginationOpts }) => {
    const result = await db.query("members").withIndex("by_tenant").paginate(paginationOpts);
    return {
      ...result,
      page: result.page.map((member) =>
        pick(member, ["_id", "_creationTime", "name", "email", "roles", "primaryRole", "status"]),
      ),
    };
  },
});

/** More people than one company's pickers can show; keeps the read bounded. */
const MAX_NAMES = 500;

/** The names behind member ids, for lists and pickers. Needs team.read. */
export const names = tenantQuery({
  permission: "team.read",
  args: {},
  returns: v.array(v.object({ _id: v.id("members"), name: v.string(), status: memberStatus })),
  handler: async ({ db }) => {
    const members = await db.query("members").withIndex("by_tenant").take(MAX_NAMES);
    return members.map((member) => pick(member, ["_id", "name", "status"]));
  },
});
