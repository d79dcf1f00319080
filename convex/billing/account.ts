import type { Doc } from "../_generated/dataModel";
import type { ScopedReader, ScopedWriter } from "../tenancy/scopedDb";

type Account = Doc<"billingAccounts">;

/** What is known of the company at Stripe; null before its first visit there. */
export async function findAccount(db: ScopedReader): Promise<Account | null> {
  return await db.query("billingAccounts").withIndex("by_tenant").unique();
}

/** The same, made when there is none. */
export async function ownAccount(db: ScopedWriter): Promise<Account> {
  const known = await findAccount(db);
  if (known !== null) return known;
  const id = await db.insert("billingAccounts", {
    customersMade: 0,
    invoices: [],
    readsBegun: 0,
    readWritten: 0,
  });
  return await db.getX("billingAccounts", id);
}
