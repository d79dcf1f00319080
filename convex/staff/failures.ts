import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { sunupError } from "../../lib/errors";
import { RETRIES_AT_ONCE } from "../../lib/staff";
import { internal } from "../_generated/api";
import type { Id, TableNames } from "../_generated/dataModel";
import { sendAgain } from "../emails/sendAgain";
import { recordAudit } from "../model/audit";
import { retryGivenUp } from "../model/invitationDelivery";
import { recordStaffAction, staffActor } from "../model/staffAudit";
import { webhookSource } from "../tables/webhookEvents";
import { staffMutation, staffQuery } from "../tenancy/functions";

/** Longest reason that is shown, in characters. */
const SHOWN_ERROR = 300;

const failureOf = <Table extends TableNames>(table: Table) =>
  v.object({
    _id: v.id(table),
    tenantId: v.id("tenants"),
    company: v.string(),
    kind: v.string(),
    error: v.string(),
    failedAt: v.number(),
  });

const page = { paginationOpts: paginationOptsValidator };

/** Events of webhooks whose work failed, newest first. Staff only. Throws UNAUTHENTICATED, NOT_FOUND. */
export const webhooks = staffQuery({
  level: "support",
  args: page,
  returns: paginationResultValidator(
    v.object({
      _id: v.id("webhookEvents"),
      source: webhookSource,
      type: v.string(),
      error: v.string(),
      /** How often it was tried. */
      attempts: v.number(),
      receivedAt: v.number(),
    }),
  ),
  handler: async ({ platform }, { paginationOpts }) => {
    const result = await platform
      .query("webhookEvents")
      .withIndex("by_status", (q) => q.eq("status", "failed"))
      .order("desc")
      .paginate(paginationOpts);
    const shown = result.page.map(({ _id, source, type, attempts, receivedAt, ...event }) => ({
      ...{ _id, source, type, attempts, receivedAt },
      error: (event.lastError ?? event.detail).slice(0, SHOWN_ERROR),
    }));
    return { ...result, page: shown };
  },
});

/** Mail that failed in any company, newest first: not what it says, nor to whom. Staff only. Throws UNAUTHENTICATED, NOT_FOUND. */
export const emails = staffQuery({
  level: "support",
  args: page,
  returns: paginationResultValidator(failureOf("emails")),
  handler: async ({ failures, tenantX }, { paginationOpts }) =>
    await withCompanies(tenantX, await failures.emails(paginationOpts)),
});

/** Invitations that Clerk never followed, in any company, newest first. Staff only. Throws UNAUTHENTICATED, NOT_FOUND. */
export const invitations = staffQuery({
  level: "support",
  args: page,
  returns: paginationResultValidator(failureOf("invitations")),
  handler: async ({ failures, tenantX }, { paginationOpts }) =>
    await withCompanies(tenantX, await failures.invitations(paginationOpts)),
});

/**
 * Has the work of failed events (their ids) done again; what failed no longer, or is none, is left
 * alone. Returns how many were begun. Operators. Throws UNAUTHENTICATED, NOT_FOUND, INVALID (too many).
 */
export const retryWebhooks = staffMutation({
  level: "operator",
  args: { ids: v.array(v.string()) },
  returns: v.number(),
  handler: async ({ platform, schedule, staff }, { ids }) =>
    await countEach(ids, async (id) => {
      const known = platform.normalizeId("webhookEvents", id);
      const event = known && (await platform.get("webhookEvents", known));
      if (event?.status !== "failed") return false;
      const { source, eventId, type } = event;
      await schedule.after(0, internal.webhookEvents.retry, { source, eventId });
      const subject = `${source} ${type}`;
      await recordStaffAction({ platform }, staff, { action: "webhook.retried", subject });
      return true;
    }),
});

/**
 * Sends failed mail again, each as a new one; what was sent again already is left alone. Returns
 * how many. Operators. Throws UNAUTHENTICATED, NOT_FOUND, INVALID (too many).
 */
export const retryEmails = staffMutation({
  level: "operator",
  args: { ids: v.array(v.id("emails")) },
  returns: v.number(),
  handler: async (ctx, { ids }) =>
    await countEach(ids, async (id) => {
      const tenantId = await ctx.failures.tenantOf("emails", id);
      if (tenantId === null) return false;
      // Opens a tenant: the one whose mail failed, which its own trail tells.
      const own = ctx.forTenant(tenantId);
      const { to } = await own.db.getX("emails", id);
      if ((await sendAgain(own, id)) === null) return false;
      const { name } = await ctx.tenantX(tenantId);
      const action = "email.retried";
      await recordStaffAction(ctx, ctx.staff, { action, tenant: tenantId, subject: name });
      await recordAudit(own, { action, actor: staffActor(ctx.staff), subject: to });
      return true;
    }),
});

/**
 * Begins the tries of invitations anew that were given up. Returns how many. Operators. Throws
 * UNAUTHENTICATED, NOT_FOUND, INVALID (too many).
 */
export const retryInvitations = staffMutation({
  level: "operator",
  args: { ids: v.array(v.id("invitations")) },
  returns: v.number(),
  handler: async (ctx, { ids }) =>
    await countEach(ids, async (id) => {
      const tenantId = await ctx.failures.tenantOf("invitations", id);
      if (tenantId === null) return false;
      // Opens a tenant: the one whose invitation failed, which its own trail tells.
      const own = ctx.forTenant(tenantId);
      const { email } = await own.db.getX("invitations", id);
      if (!(await retryGivenUp(own, id))) return false;
      const { name } = await ctx.tenantX(tenantId);
      const action = "invitation.retried";
      await recordStaffAction(ctx, ctx.staff, { action, tenant: tenantId, subject: name });
      await recordAudit(own, { action, actor: staffActor(ctx.staff), subject: email });
      return true;
    }),
});

/** Does something with each, and counts where it was done. Throws INVALID for too many. */
async function countEach<Item>(
  items: readonly Item[],
  run: (item: Item) => Promise<boolean>,
): Promise<number> {
  if (items.length > RETRIES_AT_ONCE) {
    throw sunupError("INVALID", { message: `At most ${RETRIES_AT_ONCE} at once.` });
  }
  let count = 0;
  for (const item of new Set(items)) if (await run(item)) count += 1;
  return count;
}

/** Names the company of each; every company is read once. */
async function withCompanies<Row extends { tenantId: Id<"tenants"> }, Result>(
  tenantX: (tenantId: Id<"tenants">) => Promise<{ name: string }>,
  result: Result & { page: Row[] },
) {
  const names = new Map<Id<"tenants">, string>();
  for (const tenantId of new Set(result.page.map((row) => row.tenantId))) {
    names.set(tenantId, (await tenantX(tenantId)).name);
  }
  const named = result.page.map((row) => ({ ...row, company: names.get(row.tenantId) ?? "" }));
  return { ...result, page: named };
}
