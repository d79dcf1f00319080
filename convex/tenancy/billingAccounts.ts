import type { Id } from "../_generated/dataModel";
import type { DatabaseReader } from "../_generated/server";

/** The company for which our server made this customer at Stripe, or null. */
export async function tenantOfCustomer(
  db: DatabaseReader,
  customer: string,
): Promise<Id<"tenants"> | null> {
  const account = await db
    .query("billingAccounts")
    .withIndex("by_customer", (q) => q.eq("customer", customer))
    .unique();
  return account?.tenantId ?? null;
}

/** Customers of any company and whose they are, in the order of their ids, behind `after`. */
export async function customersAfter(
  db: DatabaseReader,
  after: string,
  limit: number,
): Promise<{ tenantId: Id<"tenants">; customer: string }[]> {
  const accounts = await db
    .query("billingAccounts")
    .withIndex("by_customer", (q) => q.gt("customer", after))
    .take(limit);
  return accounts.flatMap(({ tenantId, customer }) =>
    customer === undefined ? [] : [{ tenantId, customer }],
  );
}
