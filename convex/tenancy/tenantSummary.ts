import type { Doc, Id } from "../_generated/dataModel";
import type { DatabaseWriter } from "../_generated/server";
import { noteChange } from "./platformChanges";

/**
 * What a company's summary (tables/tenantSummaries.ts) copies of its row in `tenants`, and the
 * words by which staff find it.
 */
export function copiedOf(
  { _id, name, slug, plan, status, ...tenant }: Doc<"tenants">,
  administrators: string[],
) {
  return {
    name,
    sortName: name.trim().toLowerCase(),
    slug,
    plan,
    status,
    trialEndsAt: tenant.trialEndsAt,
    withoutAdministrator: tenant.withoutAdministratorSince !== undefined,
    overridden: tenant.planGrant !== undefined || tenant.overrides !== undefined,
    searchText: [name, slug, ...administrators, _id].join(" "),
  };
}

/** Changes a company's row in `tenants`, and in the same transaction what its summary copies of it. */
export async function patchTenantRow(
  db: DatabaseWriter,
  tenantId: Id<"tenants">,
  change: Partial<Doc<"tenants">>,
): Promise<void> {
  await db.patch("tenants", tenantId, change);
  const tenant = await db.get("tenants", tenantId);
  const summary = await db
    .query("tenantSummaries")
    .withIndex("by_tenant", (q) => q.eq("tenant", tenantId))
    .unique();
  if (tenant === null || summary === null) return;
  const copied = copiedOf(tenant, summary.administrators);
  const fields = Object.keys(copied) as (keyof typeof copied)[];
  if (fields.every((field) => copied[field] === summary[field])) return;
  await db.patch("tenantSummaries", summary._id, copied);
  await noteChange(db, tenantId);
}
