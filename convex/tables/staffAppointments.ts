import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { staffLevel } from "./staff";

/**
 * Somebody whom an owner wants on the staff while their account is looked for at Clerk, or was
 * not found there. The row goes once they are staff, or when an owner dismisses it.
 */
export const staffAppointments = defineTable({
  /** Normalised; see lib/email.ts. */
  email: v.string(),
  level: staffLevel,
  /** The owner who wants it. */
  by: v.id("staff"),
  /** Milliseconds; a job of an earlier appointment knows by it that it is too late. */
  askedAt: v.number(),
  status: literals("pending", "failed"),
  /** Why it failed, in one sentence. */
  problem: v.optional(v.string()),
}).index("by_email", ["email"]);
