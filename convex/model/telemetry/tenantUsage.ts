import { usageCost } from "../../../lib/prices";
import { addUse, NO_USE, type UsageTally } from "../../../lib/telemetry/tenantTally";
import type { Id } from "../../_generated/dataModel";
import type { SystemCtx } from "../../tenancy/functions";

type Ctx = Pick<SystemCtx, "platform">;

/** Adds to what a company used that day and that month; `tenant` undefined is the platform. */
export async function addTenantUsage(
  ctx: Ctx,
  tenant: Id<"tenants"> | undefined,
  use: UsageTally,
  at: number,
): Promise<void> {
  for (const period of [dayOf(at), monthOf(at)]) await addToPeriod(ctx, tenant, use, period);
}

/** "2026-11-23", UTC, of a time in milliseconds. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** "2026-11" */
export function monthOf(at: number): string {
  return dayOf(at).slice(0, 7);
}

async function addToPeriod(
  { platform }: Ctx,
  tenant: Id<"tenants"> | undefined,
  use: UsageTally,
  period: string,
): Promise<void> {
  const row = await platform
    .query("tenantUsage")
    .withIndex("by_tenant_period", (q) => q.eq("tenant", tenant).eq("period", period))
    .unique();
  const total = addUse(row ?? NO_USE, use);
  const counted = Object.fromEntries(
    Object.keys(NO_USE).map((name) => [name, total[name as keyof UsageTally]]),
  ) as UsageTally;
  const next = { ...counted, cost: usageCost(counted) };
  if (row !== null) return await platform.patch("tenantUsage", row._id, next);
  if (tenant === undefined) {
    await platform.insert("tenantUsage", { scope: "platform", name: "Sunup", period, ...next });
    return;
  }
  const company = await platform.get("tenants", tenant);
  // A name that is no company's, or no longer, gets no row.
  if (company === null || company.erasingSince !== undefined) return;
  const { name } = company;
  const summary = await platform
    .query("tenantSummaries")
    .withIndex("by_tenant", (q) => q.eq("tenant", tenant))
    .unique();
  const stored = summary?.usage.find(({ metric }) => metric === "storageBytes");
  await platform.insert("tenantUsage", {
    ...{ scope: "company", tenant, name, period, ...next },
    ...(stored && { storedBytes: stored.used }),
  });
}

/** Notes how much a company keeps in files, in what it used this month, when it used something. */
export async function noteStoredBytes(
  { platform }: Ctx,
  tenant: Id<"tenants">,
  storedBytes: number,
  now: number,
): Promise<void> {
  const row = await platform
    .query("tenantUsage")
    .withIndex("by_tenant_period", (q) => q.eq("tenant", tenant).eq("period", monthOf(now)))
    .unique();
  if (row === null || row.storedBytes === storedBytes) return;
  await platform.patch("tenantUsage", row._id, { storedBytes });
}
