import type { WithoutSystemFields } from "convex/server";
import { pick } from "convex-helpers";
import type { Doc, Id } from "../_generated/dataModel";
import type { DatabaseWriter } from "../_generated/server";
import { patchTenantRow } from "./tenantSummary";

/** What a company may change of its own row. Plan, trial and slug are not its to change. */
const OWN_FIELDS = ["name", "status", "closing"] as const satisfies (keyof Doc<"tenants">)[];

type TenantFields = WithoutSystemFields<Doc<"tenants">>;
export type OwnTenantChange = Partial<Pick<TenantFields, (typeof OWN_FIELDS)[number]>>;

/**
 * The one way from a tenant's function to its row in `tenants`: no id is asked for, and
 * only the fields of the list are written.
 */
export function ownTenantPatch(db: DatabaseWriter, tenantId: Id<"tenants">) {
  return async (change: OwnTenantChange): Promise<void> => {
    const given = OWN_FIELDS.filter((field) => field in change);
    if (given.length < Object.keys(change).length) {
      throw new Error(`A company may change only ${OWN_FIELDS.join(", ")} of its own row.`);
    }
    await patchTenantRow(db, tenantId, pick(change, given));
  };
}

/** The same for background work, which may change everything of the tenant's row. */
export function tenantPatch(db: DatabaseWriter, tenantId: Id<"tenants">) {
  return async (change: Partial<TenantFields>): Promise<void> => {
    await patchTenantRow(db, tenantId, change);
  };
}
