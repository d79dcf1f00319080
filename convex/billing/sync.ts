import { v } from "convex/values";
import type { FunctionReturnType } from "convex/server";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { billingSnapshot } from "../tables/billing";
import {
  backgroundMutation,
  systemAction,
  systemQuery,
  type SystemActionCtx,
} from "../tenancy/functions";
import { findAccount } from "./account";
import { applySnapshot, type Applied } from "./apply";
import { readSnapshot } from "./snapshot";
import { proPrice, stripe } from "./stripe";

/**
 * Brings what Sunup has of a company's billing up to date with Stripe: `begin` numbers the read,
 * the read itself happens outside of any transaction, `apply` writes it unless a later one has.
 * Throws when Stripe cannot be read. Safe to repeat, at once and in any order.
 */
export async function syncBilling(
  ctx: Pick<SystemActionCtx, "runMutation">,
  tenantId: Id<"tenants">,
): Promise<Applied> {
  const begun: FunctionReturnType<typeof internal.billing.sync.begin> = await ctx.runMutation(
    internal.billing.sync.begin,
    { tenantId },
  );
  if (begun === null) return { changed: false, detail: "The company has no customer at Stripe." };
  const { customer, read } = begun;
  const snapshot = await readSnapshot(stripe(), { customer, tenantId, proPrice: proPrice() });
  return await ctx.runMutation(internal.billing.sync.apply, { tenantId, read, snapshot });
}

/** Numbers a read of Stripe as it begins; null when there is nothing to read. */
export const begin = backgroundMutation({
  args: {},
  returns: v.union(v.object({ customer: v.string(), read: v.number() }), v.null()),
  handler: async ({ db }) => {
    const account = await findAccount(db);
    if (account?.customer === undefined) return null;
    const read = account.readsBegun + 1;
    await db.patch("billingAccounts", account._id, { readsBegun: read });
    return { customer: account.customer, read };
  },
});

/** Writes what the read numbered `read` found. */
export const apply = backgroundMutation({
  args: { read: v.number(), snapshot: billingSnapshot },
  returns: v.object({ changed: v.boolean(), detail: v.string() }),
  handler: (ctx, { read, snapshot }) => applySnapshot(ctx, read, snapshot, Date.now()),
});

/** The company for which our server made this customer, or null. */
export const tenantOf = systemQuery({
  args: { customer: v.string() },
  returns: v.union(v.id("tenants"), v.null()),
  handler: (ctx, { customer }) => ctx.tenantOfCustomer(customer),
});

/** Brings one company up to date. Scheduled when a member asks, and every night for each. */
export const run = systemAction({
  args: { tenantId: v.id("tenants"), asked: v.union(v.literal("member"), v.literal("nightly")) },
  returns: v.null(),
  handler: async (ctx, { tenantId, asked }) => {
    const { changed, detail } = await syncBilling(ctx, tenantId);
    if (changed && asked === "nightly") {
      console.warn(`Billing of ${tenantId} differed from Stripe and was mended: ${detail}`);
    }
    return null;
  },
});
