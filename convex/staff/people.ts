import { pick } from "convex-helpers";
import { literals } from "convex-helpers/validators";
import { v } from "convex/values";
import { z } from "zod";
import { emailAddress, normalizeEmail } from "../../lib/email";
import { describeError, sunupError } from "../../lib/errors";
import { internal } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import { findAccount } from "../model/clerkAccounts";
import { parseOrInvalid } from "../model/invalid";
import * as model from "../model/staff";
import { staffLevel } from "../tables/staff";
import {
  staffMutation,
  staffQuery,
  systemAction,
  type SystemCtx,
  systemMutation,
} from "../tenancy/functions";

/** More staff than Sunup has; keeps the read bounded. */
const MAX_STAFF = 200;

/** So long Clerk may take to answer, and so long the whole of it before it counts as lost. */
const LOOK_UP_LIMIT_MS = 10_000;
const LOST_AFTER_MS = 60_000;

/** Everybody on the staff, and who is to be. Staff: owner. Throws UNAUTHENTICATED, NOT_FOUND. */
export const list = staffQuery({
  level: "owner",
  args: {},
  returns: v.object({
    staff: v.array(
      v.object({
        _id: v.id("staff"),
        _creationTime: v.number(),
        clerkUserId: v.string(),
        name: v.string(),
        email: v.string(),
        level: staffLevel,
      }),
    ),
    appointments: v.array(
      v.object({
        _id: v.id("staffAppointments"),
        email: v.string(),
        level: staffLevel,
        status: literals("pending", "failed"),
        problem: v.optional(v.string()),
      }),
    ),
  }),
  handler: async ({ platform }) => {
    const staff = await platform
      .query("staff")
      .withIndex("by_removedAt_level", (q) => q.eq("removedAt", undefined))
      .take(MAX_STAFF);
    const appointments = await platform.query("staffAppointments").take(MAX_STAFF);
    return {
      staff: staff.map((each) =>
        pick(each, ["_id", "_creationTime", "clerkUserId", "name", "email", "level"]),
      ),
      appointments: appointments.map((each) =>
        pick(each, ["_id", "email", "level", "status", "problem"]),
      ),
    };
  },
});

/**
 * Wants somebody on the staff, by the confirmed address of their account; `list` says what became
 * of it. Staff: owner. Throws INVALID (email).
 */
export const add = staffMutation({
  level: "owner",
  args: { email: v.string(), level: staffLevel },
  returns: v.null(),
  handler: async ({ platform, schedule, staff }, { email: given, level }) => {
    const email = normalizeEmail(
      parseOrInvalid(z.object({ email: emailAddress }), { email: given }).email,
    );
    await forget({ platform }, email);
    const askedAt = Date.now();
    const row = { email, level, by: staff._id, askedAt, status: "pending" as const };
    await platform.insert("staffAppointments", row);
    await schedule.after(0, internal.staff.people.lookUp, { email, askedAt });
    const problem = "Clerk did not answer. Try again.";
    await schedule.after(LOST_AFTER_MS, internal.staff.people.fail, { email, askedAt, problem });
    return null;
  },
});

const appointed = { email: v.string(), askedAt: v.number() };

/** Looks for the account of who is to be staff at Clerk. Scheduled by `add`. */
export const lookUp = systemAction({
  args: appointed,
  returns: v.null(),
  handler: async ({ runMutation }, asked): Promise<null> => {
    const fail = (problem: string) =>
      runMutation(internal.staff.people.fail, { ...asked, problem });
    try {
      const account = await findAccount(asked.email, AbortSignal.timeout(LOOK_UP_LIMIT_MS));
      if (account === null) {
        return await fail("No account has this confirmed address. Have them sign up first.");
      }
      const { clerkUserId, name } = account;
      return await runMutation(internal.staff.people.settle, { ...asked, clerkUserId, name });
    } catch (error) {
      return await fail(describeError(error).message);
    }
  },
});

/** Makes who was found staff, in the name of the owner who asked, if they still are one. Throws CONFLICT. */
export const settle = systemMutation({
  args: { ...appointed, clerkUserId: v.string(), name: v.string() },
  returns: v.null(),
  handler: async (ctx, { clerkUserId, name, ...asked }) => {
    const appointment = await waiting(ctx, asked);
    if (appointment === null) return null;
    const doer = await ctx.platform.get("staff", appointment.by);
    if (!isOwner(doer)) {
      throw sunupError("CONFLICT", { message: "Who asked for it is no owner any more." });
    }
    const { email, level } = appointment;
    await model.grant(ctx, doer, { clerkUserId, email, name }, level);
    await ctx.platform.delete("staffAppointments", appointment._id);
    return null;
  },
});

/** Notes why an appointment that still waits came to nothing. */
export const fail = systemMutation({
  args: { ...appointed, problem: v.string() },
  returns: v.null(),
  handler: async (ctx, { problem, ...asked }) => {
    const appointment = await waiting(ctx, asked);
    if (appointment === null) return null;
    await ctx.platform.patch("staffAppointments", appointment._id, { status: "failed", problem });
    return null;
  },
});

/** Forgets who was to be staff. Staff: owner. Safe to repeat. */
export const dismiss = staffMutation({
  level: "owner",
  args: { email: v.string() },
  returns: v.null(),
  handler: async (ctx, { email }) => {
    await forget(ctx, normalizeEmail(email));
    return null;
  },
});

type Platform = Pick<SystemCtx, "platform">;

async function forget(ctx: Platform, email: string): Promise<void> {
  const known = await appointmentOf(ctx, email);
  if (known !== null) await ctx.platform.delete("staffAppointments", known._id);
}

/** The appointment that a job was scheduled for, while it waits. */
async function waiting(ctx: Platform, { email, askedAt }: { email: string; askedAt: number }) {
  const known = await appointmentOf(ctx, email);
  return known?.status === "pending" && known.askedAt === askedAt ? known : null;
}

async function appointmentOf(
  { platform }: Platform,
  email: string,
): Promise<Doc<"staffAppointments"> | null> {
  return await platform
    .query("staffAppointments")
    .withIndex("by_email", (q) => q.eq("email", email))
    .unique();
}

/**
 * Changes somebody's level, by their Clerk user id; `seen` is the one that was shown. Staff: owner. Throws NOT_FOUND,
 * STALE, CONFLICT (the last owner).
 */
export const setLevel = staffMutation({
  level: "owner",
  args: { person: v.string(), level: staffLevel, seen: staffLevel },
  returns: v.null(),
  handler: async (ctx, { person, level, seen }) => {
    const known = await ctx.platform
      .query("staff")
      .withIndex("by_clerkUserId", (q) => q.eq("clerkUserId", person))
      .unique();
    if (known === null || known.removedAt !== undefined) throw sunupError("NOT_FOUND");
    if (known.level !== seen) throw sunupError("STALE");
    await model.grant(ctx, ctx.staff, known, level);
    return null;
  },
});

/** Ends somebody's being staff, by their Clerk user id, at once. Staff: owner. Safe to repeat. Throws CONFLICT (the last owner). */
export const remove = staffMutation({
  level: "owner",
  args: { person: v.string() },
  returns: v.null(),
  handler: async (ctx, { person }) => {
    await model.revoke(ctx, ctx.staff, person, Date.now());
    return null;
  },
});

function isOwner(staff: Doc<"staff"> | null): staff is Doc<"staff"> {
  return staff !== null && staff.removedAt === undefined && staff.level === "owner";
}
