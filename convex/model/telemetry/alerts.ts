import { sunupError } from "../../../lib/errors";
import { TEXT_LIMITS } from "../../../lib/limits";
import { ALERT_RULES, type AlertKind } from "../../../lib/security";
import { recordStaffAction } from "../staffAudit";
import { queuePlatformEmail } from "../../emails/platformOutbox";
import type { Doc, Id } from "../../_generated/dataModel";
import type { SystemCtx } from "../../tenancy/functions";

type Ctx = Pick<SystemCtx, "platform" | "schedule">;

/** Whom or what an alert is about. */
export type AlertSubject = Pick<
  Doc<"securityAlerts">,
  "kind" | "subject" | "subjectName" | "tenant" | "tenantName" | "userId" | "member"
>;

/**
 * Alerts staff: one open alert per kind and subject, which counts on. Only a new one is mailed, to
 * SECURITY_ALERT_EMAIL. `seen` is how many events are new; `enough` says whether they and earlier
 * ones make a new alert, and how many they are. Gives the id of a new alert.
 */
export async function raiseAlert(
  ctx: Ctx,
  subject: AlertSubject,
  { seen, at }: { seen: number; at: number },
  enough: () => Promise<number | null>,
): Promise<Id<"securityAlerts"> | null> {
  const { platform } = ctx;
  const open = await platform
    .query("securityAlerts")
    .withIndex("by_kind_subject_status", (q) =>
      q.eq("kind", subject.kind).eq("subject", subject.subject).eq("status", "open"),
    )
    .unique();
  if (open !== null) {
    const lastAt = Math.max(open.lastAt, at);
    await platform.patch("securityAlerts", open._id, { count: open.count + seen, lastAt });
    return null;
  }
  const count = await enough();
  if (count === null) return null;
  const alertId = await platform.insert("securityAlerts", {
    ...{ ...subject, count, firstAt: at, lastAt: at, status: "open" as const },
  });
  await mailAlert(ctx, alertId, subject, count, at);
  return alertId;
}

async function mailAlert(
  ctx: Ctx,
  alertId: Id<"securityAlerts">,
  { kind, subjectName, tenantName }: AlertSubject,
  count: number,
  at: number,
): Promise<void> {
  const to = process.env.SECURITY_ALERT_EMAIL;
  if (!to) return;
  const what = wordsOf(kind);
  const data = { what, subjectName, count, at };
  const company = tenantName === undefined ? {} : { companyName: tenantName };
  const message = { kind: "staffAlert" as const, data: { ...data, ...company } };
  await queuePlatformEmail(ctx, { to, idempotencyKey: `alert/${alertId}`, message });
}

function wordsOf(kind: AlertKind): string {
  return ALERT_RULES[kind].words;
}

/** Closes an alert with a note. Throws NOT_FOUND, INVALID (note), CONFLICT when it is closed already. */
export async function acknowledgeAlert(
  ctx: Pick<SystemCtx, "platform">,
  staff: Doc<"staff">,
  alertId: Id<"securityAlerts">,
  given: string,
  now: number,
): Promise<void> {
  const note = given.trim();
  if (note === "" || note.length > TEXT_LIMITS.reason) {
    const message = `Write what you found, in at most ${TEXT_LIMITS.reason} characters.`;
    throw sunupError("INVALID", { field: "note", message });
  }
  const alert = await ctx.platform.get("securityAlerts", alertId);
  if (alert === null) throw sunupError("NOT_FOUND");
  const before = alert.acknowledged;
  if (before !== undefined) {
    const message = `${before.staffName} has acknowledged this alert already.`;
    throw sunupError("CONFLICT", { message });
  }
  await ctx.platform.patch("securityAlerts", alertId, {
    status: "acknowledged",
    acknowledged: { at: now, staffId: staff._id, staffName: staff.name, note },
  });
  const { subjectName: subject, tenant } = alert;
  const line = { action: "security.acknowledged" as const, subject, reason: note };
  await recordStaffAction(ctx, staff, tenant === undefined ? line : { ...line, tenant });
}
