import { DAY_MS } from "../../lib/days";
import {
  CLOSING_DAYS,
  CLOSING_REMINDER_DAYS,
  isCompanyName,
  isShut,
  NOT_THE_COMPANY_NAME,
} from "../../lib/tenantStatus";
import { sunupError } from "../../lib/errors";
import { internal } from "../_generated/api";
import type { Doc } from "../_generated/dataModel";
import { SYSTEM } from "./audit";
import { mailAdministrators } from "./administratorMail";
import { type By, changeCondition, type LifeCtx } from "./tenantStatus";

/**
 * The closing of a company: asked for by an administrator, thirty days to think again with three
 * reminders, then the end. One scheduled job does what is due and schedules the next one; it knows
 * its closing by the day it ends on, so a job of a closing that was withdrawn or moved finds nothing
 * to do. Only access ends here: the rows are erased
 * some days later (model/erasure.ts).
 */

type ClosingCtx = LifeCtx<{ closing: Doc<"tenants">["closing"] }>;

/** Begins the closing; one that runs already stays as it is. Throws INVALID (companyName), CONFLICT. */
export async function requestClosing(
  ctx: ClosingCtx,
  asked: By & { name: string },
  { companyName, reason }: { companyName: string; reason: string | undefined },
  now: number,
): Promise<void> {
  const { tenant } = ctx;
  if (!isCompanyName(companyName, tenant.name)) {
    throw sunupError("INVALID", { field: "companyName", message: NOT_THE_COMPANY_NAME });
  }
  if (tenant.closing !== undefined) return;
  const closesAt = now + CLOSING_DAYS * DAY_MS;
  const closing = { requestedAt: now, closesAt, requestedBy: asked.name };
  await changeCondition(ctx, { closing }, { actor: asked.actor, reason });
  await scheduleNext(ctx, closesAt, now);
  await mailAdministrators(ctx, `closingRequested/${closesAt}`, {
    kind: "closingRequested",
    data: { companyName: tenant.name, requestedBy: asked.name, closesAt },
  });
}

/** Takes a closing back; without one it does nothing. */
export async function withdrawClosing(ctx: ClosingCtx, by: By & { name: string }): Promise<void> {
  const { tenant } = ctx;
  if (tenant.closing === undefined) return;
  await changeCondition(ctx, { closing: undefined }, by);
  await mailAdministrators(ctx, `closingCancelled/${tenant.closing.closesAt}`, {
    kind: "closingCancelled",
    data: { companyName: tenant.name, cancelledBy: by.name },
  });
}

/** Does what is due of the closing that ends at `closesAt`: reminds, or closes the company. */
export async function advanceClosing(ctx: LifeCtx, closesAt: number, now: number): Promise<void> {
  const { tenant } = ctx;
  if (tenant.closing?.closesAt !== closesAt || isShut(tenant.status)) return;
  if (now >= closesAt) {
    await changeCondition(ctx, { closedAt: now }, { actor: SYSTEM });
    await ctx.schedule.after(0, internal.billing.ending.advance, {});
    await mailAdministrators(ctx, `closed/${closesAt}`, {
      kind: "closed",
      data: { companyName: tenant.name },
    });
    return;
  }
  const due = CLOSING_REMINDER_DAYS.filter((days) => now >= closesAt - days * DAY_MS).at(-1);
  if (due !== undefined) {
    await mailAdministrators(ctx, `closingReminder/${closesAt}/${due}`, {
      kind: "closingReminder",
      data: { companyName: tenant.name, closesAt },
    });
  }
  await scheduleNext(ctx, closesAt, now);
}

/**
 * Opens a suspended or closed company again; an open one stays as it is. A closing that was under way goes on, later by as long
 * as the company was shut: nobody could have taken it back meanwhile.
 */
export async function reactivate(ctx: LifeCtx, by: By, now: number): Promise<void> {
  const { suspension, closing, status } = ctx.tenant;
  if (status === "closed") {
    const open = { closedAt: undefined, closing: undefined, suspension: undefined };
    return await changeCondition(ctx, open, by);
  }
  if (suspension === undefined) return;
  if (closing === undefined) return await changeCondition(ctx, { suspension: undefined }, by);
  const closesAt = closing.closesAt + (now - suspension.since);
  const moved = { ...closing, closesAt };
  await changeCondition(ctx, { suspension: undefined, closing: moved }, by);
  await scheduleNext(ctx, closesAt, now);
}

async function scheduleNext(
  { schedule }: Pick<LifeCtx, "schedule">,
  closesAt: number,
  now: number,
): Promise<void> {
  const steps = [...CLOSING_REMINDER_DAYS, 0].map((days) => closesAt - days * DAY_MS);
  const next = steps.find((at) => at > now) ?? closesAt;
  await schedule.at(next, internal.tenantLifecycle.advanceClosing, { closesAt });
}
