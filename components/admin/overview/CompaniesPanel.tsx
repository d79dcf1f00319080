import { AnchorLink } from "@/components/ui/links";
import { Panel } from "@/components/ui/Panel";
import { PLAN_IDS, PLANS } from "@/lib/plans";
import { TENANT_STATUSES } from "@/lib/tenantStatus";
import { filterHref } from "../tenants/tenantsFilter";
import { TENANT_STATUS_NAMES } from "../tenants/tenantWords";
import classes from "./Overview.module.css";
import type { PlatformTotals } from "./types";

/** How many companies there are, by plan and status; each number opens its list. */
export function CompaniesPanel({ companies }: Pick<PlatformTotals, "companies">) {
  const countOf = (is: (each: PlatformTotals["companies"][number]) => boolean) =>
    companies.filter(is).reduce((sum, { count }) => sum + count, 0);
  const statuses = TENANT_STATUSES.filter(
    (status) => status === "active" || countOf((each) => each.status === status) > 0,
  );
  return (
    <Panel title="Companies">
      <p className={classes.figure}>
        {countOf(() => true)} <span>in all</span>
      </p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Status</th>
            {PLAN_IDS.map((plan) => (
              <th key={plan} scope="col">
                {PLANS[plan].name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {statuses.map((status) => (
            <tr key={status}>
              <th scope="row">{TENANT_STATUS_NAMES[status]}</th>
              {PLAN_IDS.map((plan) => {
                const count = countOf((each) => each.plan === plan && each.status === status);
                const label = `${count}: ${PLANS[plan].name}, ${TENANT_STATUS_NAMES[status]}`;
                return (
                  <td key={plan}>
                    {count === 0 ? (
                      0
                    ) : (
                      <AnchorLink href={filterHref({ plan, status })} aria-label={label}>
                        {count}
                      </AnchorLink>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
