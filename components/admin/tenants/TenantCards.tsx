import { RowCard, RowCards } from "@/components/ui/RowCards";
import { RowLink } from "@/components/ui/RowLink";
import { useNow } from "@/components/ui/useNow";
import { formatRelative } from "@/lib/format";
import { PLANS } from "@/lib/plans";
import { revenueWords, storageWords } from "./tenantFacts";
import { TenantFlags } from "./TenantFlags";
import classes from "./Tenants.module.css";
import { TenantStatusBadge } from "./TenantStatusBadge";
import type { TenantRow } from "./types";

/** Companies where there is no room for a table. */
export function TenantCards({ tenants }: { tenants: TenantRow[] }) {
  const now = useNow();
  return (
    <RowCards>
      {tenants.map((tenant) => (
        <RowCard
          key={tenant.tenant}
          words={
            <>
              <RowLink href={`/admin/tenants/${tenant.tenant}`}>{tenant.name}</RowLink>
              <span className={classes.sub}>{tenant.administrators[0] ?? tenant.slug}</span>
            </>
          }
          badge={<TenantStatusBadge status={tenant.status} />}
          facts={
            <>
              <span>{PLANS[tenant.plan].name}</span>
              <span>{tenant.members === 1 ? "1 person" : `${tenant.members} people`}</span>
              <span>{tenant.projects === 1 ? "1 project" : `${tenant.projects} projects`}</span>
              <span>{storageWords(tenant)}</span>
              {tenant.mrrCents > 0 && <span>{revenueWords(tenant)} a month</span>}
              <span>active {formatRelative(tenant.lastActivityAt, now)}</span>
            </>
          }
        >
          <TenantFlags tenant={tenant} now={now} />
        </RowCard>
      ))}
    </RowCards>
  );
}
