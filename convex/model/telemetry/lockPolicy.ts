import {
  ALERT_RULES,
  isLockable,
  LOCKABLE_ALERTS,
  type LockableAlert,
} from "../../../lib/security";
import type { Doc, Id } from "../../_generated/dataModel";
import type { SystemCtx, SystemReadCtx } from "../../tenancy/functions";
import { lockByPolicy } from "../locks";
import { recordStaffAction } from "../staffAudit";
import { type AlertSubject, raiseAlert } from "./alerts";

type Platform = Pick<SystemCtx, "platform">;
type PlatformReader = Pick<SystemReadCtx, "platform">;

/**
 * Raises an alert (see `raiseAlert`), and locks the person out when that is the policy for its
 * kind. Only a new alert does: while one is open, staff decide, and whom they unlock stays unlocked.
 */
export async function raiseAndLock(
  ctx: SystemCtx,
  subject: AlertSubject,
  ...news: [{ seen: number; at: number }, () => Promise<number | null>]
): Promise<Id<"securityAlerts"> | null> {
  const alertId = await raiseAlert(ctx, subject, ...news);
  if (alertId !== null) await applyPolicy(ctx, alertId, subject, Date.now());
  return alertId;
}

async function applyPolicy(
  ctx: SystemCtx,
  alert: Id<"securityAlerts">,
  { kind, tenant, member: memberId }: AlertSubject,
  now: number,
): Promise<void> {
  if (!isLockable(kind) || tenant === undefined || memberId === undefined) return;
  // Opens a tenant: the one of the person whom the alert is about.
  const own = ctx.forTenant(tenant);
  const member = await own.db.get("members", memberId);
  if (member === null) return;
  if (member.lock !== undefined) {
    await ctx.platform.patch("securityAlerts", alert, { lockedSince: member.lock.since });
    return;
  }
  if ((await policyRow(ctx, kind)) === null) return;
  // Nobody is both; if somebody were, Sunup would not lock its own people out.
  if ((await ctx.findStaff(member.clerkUserId)) !== null) return;
  const reason = `${ALERT_RULES[kind].words}. Sunup locks an account then by itself.`;
  await lockByPolicy(ctx, own, member, { reason, alert }, now);
  await ctx.platform.patch("securityAlerts", alert, { lockedByPolicy: true });
}

/** The kinds of alerts that lock a person out. */
export async function lockingKinds({ platform }: PlatformReader): Promise<LockableAlert[]> {
  const rows = await platform.query("lockPolicies").take(LOCKABLE_ALERTS.length);
  return rows.map(({ kind }) => kind);
}

/** Whether alerts of this kind lock a person out from now on. Saying the same again does nothing. */
export async function setLockPolicy(
  ctx: Platform,
  staff: Doc<"staff">,
  kind: LockableAlert,
  locks: boolean,
): Promise<void> {
  const row = await policyRow(ctx, kind);
  if ((row !== null) === locks) return;
  if (row === null) await ctx.platform.insert("lockPolicies", { kind });
  else await ctx.platform.delete("lockPolicies", row._id);
  const words = (on: boolean) => (on ? "locks the person" : "locks nobody");
  await recordStaffAction(ctx, staff, {
    action: "security.policyChanged",
    subject: ALERT_RULES[kind].words,
    changes: [{ field: "policy", before: words(!locks), after: words(locks) }],
  });
}

async function policyRow({ platform }: Platform, kind: LockableAlert) {
  return await platform
    .query("lockPolicies")
    .withIndex("by_kind", (q) => q.eq("kind", kind))
    .unique();
}
