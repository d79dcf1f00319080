import type Stripe from "stripe";
import type { FunctionReturnType } from "convex/server";
import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { backgroundMutation, type SystemActionCtx } from "../tenancy/functions";
import { ownAccount } from "./account";

/** Whose customer it is, and how Stripe's pages and receipts name them. */
export type CustomerOf = { tenantId: Id<"tenants">; companyName: string; email: string };

/**
 * The company's customer at Stripe, made if there is none. It is known on both sides: our row
 * names the customer, and the customer's metadata names the company.
 */
export async function ownCustomer(
  ctx: Pick<SystemActionCtx, "runMutation">,
  stripe: Stripe,
  { tenantId, companyName, email }: CustomerOf,
): Promise<string> {
  const account: FunctionReturnType<typeof internal.billing.customer.own> = await ctx.runMutation(
    internal.billing.customer.own,
    { tenantId },
  );
  if (account.customer !== null) {
    const known = await stripe.customers.retrieve(account.customer);
    if (!known.deleted) {
      if (known.metadata.tenantId !== tenantId) {
        throw new Error(`Stripe's customer ${known.id} does not name this company.`);
      }
      return known.id;
    }
  }
  // Two tries at once, or one after a lost answer, are one customer. What may differ between
  // them is said afterwards: under the same key Stripe takes only the same request.
  const { id } = await stripe.customers.create(
    { metadata: { tenantId } },
    { idempotencyKey: `sunup/${tenantId}/customer/${account.customersMade}` },
  );
  await stripe.customers.update(id, { name: companyName, email });
  const { customersMade } = account;
  await ctx.runMutation(internal.billing.customer.attach, {
    tenantId,
    customer: id,
    customersMade,
  });
  return id;
}

/** The company's customer, and how many there have been. */
export const own = backgroundMutation({
  args: {},
  returns: v.object({ customer: v.union(v.string(), v.null()), customersMade: v.number() }),
  handler: async ({ db }) => {
    const { customer = null, customersMade } = await ownAccount(db);
    return { customer, customersMade };
  },
});

/** Notes the customer that was made as the company's customer number `customersMade`, counted from 0. */
export const attach = backgroundMutation({
  args: { customer: v.string(), customersMade: v.number() },
  returns: v.null(),
  handler: async ({ db }, { customer, customersMade }) => {
    const account = await ownAccount(db);
    if (account.customersMade !== customersMade) return null;
    await db.patch("billingAccounts", account._id, {
      customer,
      customersMade: customersMade + 1,
      subscription: undefined,
    });
    return null;
  },
});
