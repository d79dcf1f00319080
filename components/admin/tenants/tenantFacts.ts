import { formatCents } from "@/lib/format";
import { TENANT_FLAGS, type TenantFlag, TRIAL_ENDING_MS } from "@/lib/tenantSummaries";
import { gigabytes, type UsageMetric } from "@/lib/usage";
import type { TenantRow } from "./types";

/** The flags of a company at this moment (milliseconds). */
export function flagsOf(tenant: TenantRow, now: number): TenantFlag[] {
  return TENANT_FLAGS.filter((flag) => {
    if (flag !== "trialEnding") return tenant[flag];
    const { trialEndsAt = 0 } = tenant;
    return trialEndsAt > now && trialEndsAt <= now + TRIAL_ENDING_MS;
  });
}

/** How much of a metric a company uses, in the metric's own unit. */
export function usedOf({ usage }: Pick<TenantRow, "usage">, metric: UsageMetric): number {
  return usage.find((each) => each.metric === metric)?.used ?? 0;
}

export function storageWords(tenant: TenantRow): string {
  return gigabytes(usedOf(tenant, "storageBytes"));
}

export function revenueWords({ mrrCents }: TenantRow): string {
  return mrrCents === 0 ? "–" : formatCents(mrrCents);
}
