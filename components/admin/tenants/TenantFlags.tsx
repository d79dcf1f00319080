import { TENANT_FLAGS, type TenantFlag } from "@/lib/tenantSummaries";
import { flagsOf } from "./tenantFacts";
import classes from "./Tenants.module.css";
import { FLAG_NAMES } from "./tenantWords";
import type { TenantRow } from "./types";

const URGENT: readonly TenantFlag[] = TENANT_FLAGS.filter((flag) => flag !== "overridden");

/** What staff should know of a company, in words. Nothing when there is nothing. */
export function TenantFlags({ tenant, now }: { tenant: TenantRow; now: number }) {
  const flags = flagsOf(tenant, now);
  if (flags.length === 0) return null;
  return (
    <span className={classes.flags}>
      {flags.map((flag) => (
        <span key={flag} className={classes.flag} data-urgent={URGENT.includes(flag)}>
          {FLAG_NAMES[flag]}
        </span>
      ))}
    </span>
  );
}
