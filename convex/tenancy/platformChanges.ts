import type { Id } from "../_generated/dataModel";

type Inserts = {
  insert(table: "platformChanges", value: { tenant: Id<"tenants"> }): Promise<unknown>;
};

/**
 * Notes that a company's summary changed, for the platform's totals to follow. It reads nothing
 * and shares no row, so it never meets another transaction.
 */
export async function noteChange(platform: Inserts, tenant: Id<"tenants">): Promise<void> {
  await platform.insert("platformChanges", { tenant });
}
