import { v } from "convex/values";
import { sunupError } from "../lib/errors";
import { PRESENCE_INTERVAL_MS } from "../lib/team";
import { internal } from "./_generated/api";
import { tenantMutation, tenantQuery } from "./tenancy/functions";

/** Most members that one call asks about: more than a page of the list shows. */
const MAX_ASKED = 200;

const HOUR_MS = 60 * 60_000;

/**
 * "I am here." Any active member. Writes at most every five minutes, however often it is
 * called, and only this member's own row.
 */
export const beat = tenantMutation({
  permission: "member",
  args: {},
  returns: v.null(),
  handler: async ({ db, member, schedule }) => {
    const now = Date.now();
    const own = await db
      .query("presence")
      .withIndex("by_tenant_member", (q) => q.eq("memberId", member._id))
      .unique();
    const before = own?.lastSeenAt ?? 0;
    if (now - before < PRESENCE_INTERVAL_MS) return null;
    if (own === null) await db.insert("presence", { memberId: member._id, lastSeenAt: now });
    else await db.patch("presence", own._id, { lastSeenAt: now });
    // Once an hour of work Sunup's own figures of the company follow, behind the member's back.
    if (hourOf(before) !== hourOf(now)) {
      await schedule.after(0, internal.tenantSummaries.count, { active: true });
    }
    return null;
  },
});

function hourOf(milliseconds: number): number {
  return Math.floor(milliseconds / HOUR_MS);
}

/** When these members were last seen, in milliseconds; who never was is left out. Needs team.read. */
export const lastSeen = tenantQuery({
  permission: "team.read",
  args: { memberIds: v.array(v.id("members")) },
  returns: v.array(v.object({ memberId: v.id("members"), lastSeenAt: v.number() })),
  handler: async ({ db }, { memberIds }) => {
    if (memberIds.length > MAX_ASKED) throw sunupError("INVALID");
    const rows = await Promise.all(
      memberIds.map((memberId) =>
        db
          .query("presence")
          .withIndex("by_tenant_member", (q) => q.eq("memberId", memberId))
          .unique(),
      ),
    );
    return rows.flatMap((row) =>
      row ? [{ memberId: row.memberId, lastSeenAt: row.lastSeenAt }] : [],
    );
  },
});
