import { isShut, type TenantStatus } from "../../lib/tenantStatus";
import { sunupError } from "../../lib/errors";
import type { Doc } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";
import { type AuditActor, changesBetween, recordAudit, SYSTEM } from "./audit";

/**
 * The life of a company. Its status is never set by hand: it follows from what is true of the
 * company, so a payment that is overdue, a suspension and a closing can begin and end in any order,
 * and each leaves the others as they were.
 */
type Condition = Pick<Doc<"tenants">, "pastDueSince" | "suspension" | "closing" | "closedAt">;

/** The status that a condition means; what shuts the company comes first. */
export function statusOf(condition: Condition): TenantStatus {
  if (condition.closedAt !== undefined) return "closed";
  if (condition.suspension !== undefined) return "suspended";
  if (condition.closing !== undefined) return "closing";
  if (condition.pastDueSince !== undefined) return "pastDue";
  return "active";
}

/** From where a company may go where. Nothing is closed unasked: closing comes first. */
const TRANSITIONS: Record<TenantStatus, readonly TenantStatus[]> = {
  active: ["pastDue", "suspended", "closing"],
  pastDue: ["active", "suspended", "closing"],
  suspended: ["active", "pastDue", "closing"],
  closing: ["active", "pastDue", "suspended", "closed"],
  closed: ["active", "pastDue"],
};

/** What a step of a company's life needs: the tenant, and a way to change the fields `Change`. */
export type LifeCtx<Change extends Partial<Condition> = Partial<Condition>> = TenantWriteCtx & {
  tenant: Doc<"tenants">;
  patchTenant: (change: Change & { status?: TenantStatus }) => Promise<void>;
};

/** Who takes a step, and why where a reason is asked for. */
export type By = { actor: AuditActor; reason?: string | undefined };

/** The day of a moment (milliseconds) for the audit trail, as "2026-11-23". */
export function dayOf(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString().slice(0, 10);
}

/**
 * Changes what is true of a company, its status with it, and leaves a line in its audit trail.
 * Throws CONFLICT when the company cannot get from its status to the new one.
 */
export async function changeCondition<Change extends Partial<Condition>>(
  { db, tenant, patchTenant }: LifeCtx<Change>,
  change: Change,
  { actor, reason }: By,
): Promise<void> {
  const status = statusOf({ ...tenant, ...change });
  if (status === tenant.status) return await patchTenant(change);
  if (!TRANSITIONS[tenant.status].includes(status)) {
    throw sunupError("CONFLICT", { message: `This company is ${WORDS[tenant.status]}.` });
  }
  await patchTenant({ ...change, status });
  await recordAudit(
    { db },
    {
      action: "company.statusChanged",
      actor,
      subject: tenant.name,
      changes: changesBetween({ status: WORDS[tenant.status] }, { status: WORDS[status] }),
      ...(reason ? { reason } : {}),
    },
  );
}

const WORDS: Record<TenantStatus, string> = {
  active: "active",
  pastDue: "behind with a payment",
  suspended: "paused",
  closing: "about to be closed",
  closed: "closed",
};

/** Notes that a payment is overdue, or, with null, that all is paid. Safe to repeat. */
export async function setPastDue(ctx: LifeCtx, since: number | null): Promise<void> {
  const pastDueSince = since === null ? undefined : (ctx.tenant.pastDueSince ?? since);
  await changeCondition(ctx, { pastDueSince }, { actor: SYSTEM });
}

/** Shuts a company; `by.reason` is what its members read. Throws CONFLICT when it is shut already. */
export async function suspend(
  ctx: LifeCtx,
  by: By & { reason: string },
  now: number,
): Promise<void> {
  if (isShut(ctx.tenant.status)) {
    throw sunupError("CONFLICT", {
      message: `This company is ${WORDS[ctx.tenant.status]} already.`,
    });
  }
  await changeCondition(ctx, { suspension: { since: now, reason: by.reason } }, by);
}
