import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { literals, nullable } from "convex-helpers/validators";
import { pick } from "convex-helpers";
import { entitlementsOf } from "../lib/entitlements";
import { PERMISSIONS } from "../lib/roles";
import { DEFAULT_TIME_ZONE } from "../lib/timeZones";
import type { Doc } from "./_generated/dataModel";
import { appoint } from "./model/administrators";
import { profileOf } from "./model/company";
import {
  changeRoles as giveRoles,
  deactivate as turnOff,
  reactivate as turnOn,
} from "./model/team";
import { readUsage } from "./model/usage";
import { memberLock, memberStatus, role } from "./tables/members";
import { entryAccess } from "./tables/staffEntries";
import { closing, entitlements, planId, readOnly, tenantStatus } from "./tables/tenants";
import { backgroundMutation, tenantMutation, tenantQuery } from "./tenancy/functions";

/** A search reads at most so many people, and shows at most so many. */
const MAX_SEARCHED = 1_000;
const MAX_FOUND = 50;

/** Who I am here, in which company, with which rights. Any active member, and staff in an entry. */
export const me = tenantQuery({
  permission: "member",
  args: {},
  returns: v.object({
    /** Null for Sunup's staff. */
    member: nullable(
      v.object({
        _id: v.id("members"),
        name: v.string(),
        email: v.string(),
        roles: v.array(role),
        primaryRole: role,
      }),
    ),
    /** Set for Sunup's staff in an entry. */
    visit: nullable(
      v.object({
        name: v.string(),
        email: v.string(),
        access: entryAccess,
        reason: v.string(),
        /** Milliseconds. */
        endsAt: v.number(),
      }),
    ),
    permissions: v.array(literals(...PERMISSIONS)),
    tenant: v.object({
      _id: v.id("tenants"),
      name: v.string(),
      slug: v.string(),
      plan: planId,
      status: tenantStatus,
      trialEndsAt: v.optional(v.number()),
      /** Milliseconds; set while a payment is overdue. */
      pastDueSince: v.optional(v.number()),
      closing: v.optional(closing),
      readOnly: v.optional(readOnly),
      logoId: v.optional(v.id("files")),
      /** Where the company's days begin: a name of the IANA time zone database. */
      timeZone: v.string(),
    }),
    entitlements,
  }),
  handler: async ({ db, who, tenant, permissions }) => {
    const profile = await profileOf(db);
    return {
      member:
        who.kind === "member"
          ? pick(who.member, ["_id", "name", "email", "roles", "primaryRole"])
          : null,
      visit:
        who.kind === "staff"
          ? {
              ...pick(who.staff, ["name", "email"]),
              ...pick(who.entry, ["reason", "endsAt"]),
              access: who.access,
            }
          : null,
      permissions: [...permissions],
      tenant: {
        ...pick(tenant, [
          "_id",
          "name",
          "slug",
          "plan",
          "status",
          "trialEndsAt",
          "pastDueSince",
          "closing",
          "readOnly",
        ]),
        logoId: profile?.logoId,
        timeZone: profile?.timeZone ?? DEFAULT_TIME_ZONE,
      },
      entitlements: entitlementsOf(tenant, Date.now()),
    };
  },
});

const person = v.object({
  _id: v.id("members"),
  _creationTime: v.number(),
  name: v.string(),
  email: v.string(),
  roles: v.array(role),
  primaryRole: role,
  status: memberStatus,
  /** Milliseconds; set when the account is gone for good. */
  accountDeletedAt: v.optional(v.number()),
  /** Set while Sunup keeps the account locked. */
  lock: v.optional(memberLock),
});

/** The people of the company, oldest membership first. Needs team.read. */
export const list = tenantQuery({
  permission: "team.read",
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(person),
  handler: async ({ db }, { paginationOpts }) => {
    const result = await db.query("members").withIndex("by_tenant").paginate(paginationOpts);
    return { ...result, page: result.page.map(personOf) };
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

/** People whose name or address contains the text, oldest membership first. Needs team.read. */
export const search = tenantQuery({
  permission: "team.read",
  args: { text: v.string() },
  returns: v.array(person),
  handler: async ({ db }, { text }) => {
    const wanted = text.trim().toLowerCase();
    const members = await db.query("members").withIndex("by_tenant").take(MAX_SEARCHED);
    return members
      .filter(({ name, email }) => `${name}\n${email}`.toLowerCase().includes(wanted))
      .slice(0, MAX_FOUND)
      .map(personOf);
  },
});

/** How many places the company uses, of how many: active members and pending invitations. Needs team.manage. */
export const seats = tenantQuery({
  permission: "team.manage",
  args: {},
  returns: v.object({ used: v.number(), limit: v.union(v.number(), v.null()) }),
  handler: async (ctx) => await readUsage(ctx, "users", Date.now()),
});

/**
 * Gives a member other roles; `seen` are those that the editor showed. Needs team.manage;
 * nobody hands out or takes away more rights than they have. Throws NOT_FOUND, INVALID,
 * STALE, FORBIDDEN, CONFLICT (the last administrator).
 */
export const changeRoles = tenantMutation({
  permission: "team.manage",
  args: {
    memberId: v.id("members"),
    roles: v.array(role),
    primaryRole: role,
    seen: v.array(role),
  },
  returns: v.null(),
  handler: async (ctx, { memberId, ...change }) => {
    await giveRoles(ctx, memberId, change);
    return null;
  },
});

/**
 * Ends a member's access at once, in open browsers too. Needs team.manage. Throws NOT_FOUND,
 * FORBIDDEN, CONFLICT (oneself, the last administrator).
 */
export const deactivate = tenantMutation({
  permission: "team.manage",
  args: { memberId: v.id("members") },
  returns: v.null(),
  handler: async (ctx, { memberId }) => {
    await turnOff(ctx, memberId);
    return null;
  },
});

/** Lets a member in again. Needs team.manage. Throws NOT_FOUND, FORBIDDEN, CONFLICT, LIMIT_REACHED. */
export const reactivate = tenantMutation({
  permission: "team.manage",
  args: { memberId: v.id("members") },
  returns: v.null(),
  handler: async (ctx, { memberId }) => {
    await turnOn(ctx, memberId, Date.now());
    return null;
  },
});

/**
 * Makes an active member an administrator, for a company that has none left. For Sunup's
 * staff, by `npx convex run`; never reachable by a client. Throws NOT_FOUND, CONFLICT.
 */
export const appointAdministrator = backgroundMutation({
  args: { memberId: v.id("members"), reason: v.string() },
  returns: v.null(),
  handler: async (ctx, { memberId, reason }) => {
    await appoint(ctx, memberId, reason);
    return null;
  },
});

function personOf(member: Doc<"members">) {
  return pick(member, [
    ...(["_id", "_creationTime", "name", "email", "roles"] as const),
    ...(["primaryRole", "status", "accountDeletedAt", "lock"] as const),
  ]);
}
