import { Table } from "@mantine/core";
import { RowLink } from "@/components/ui/RowLink";
import { RowsTable } from "@/components/ui/RowsTable";
import { SortHeading } from "@/components/ui/SortHeading";
import { useNow } from "@/components/ui/useNow";
import { formatDate, formatRelative } from "@/lib/format";
import { PLANS } from "@/lib/plans";
import type { TenantSort } from "@/lib/tenantSummaries";
import { revenueWords } from "./tenantFacts";
import { TenantFlags } from "./TenantFlags";
import { directionOf, isSortable, type TenantsFilter } from "./tenantsFilter";
import classes from "./Tenants.module.css";
import { TenantStatusBadge } from "./TenantStatusBadge";
import { SORT_NAMES } from "./tenantWords";
import type { TenantRow } from "./types";

type Sorting = {
  filter: TenantsFilter;
  onSort: (change: Pick<TenantsFilter, "sort" | "reversed">) => void;
};

/** Companies at the desk: one row each, the row opens the company. */
export function TenantsTable({ tenants, ...sorting }: { tenants: TenantRow[] } & Sorting) {
  const now = useNow();
  return (
    <RowsTable fz="sm" horizontalSpacing="sm" verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Heading sort="name" label="Company" {...sorting} />
          <Table.Th>Plan and status</Table.Th>
          <Table.Th className={classes.figure}>People</Table.Th>
          <Table.Th className={classes.figure}>Projects</Table.Th>
          <Heading sort="usage" figure {...sorting} />
          <Heading sort="revenue" figure {...sorting} />
          <Heading sort="activity" figure {...sorting} />
          <Heading sort="created" figure {...sorting} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {tenants.map((tenant) => (
          <Table.Tr key={tenant.tenant}>
            <Table.Td className={classes.company}>
              <RowLink href={`/admin/tenants/${tenant.tenant}`}>{tenant.name}</RowLink>
              <span className={classes.sub}>{tenant.administrators[0] ?? tenant.slug}</span>
            </Table.Td>
            <Table.Td>
              <span className={classes.standing}>
                {PLANS[tenant.plan].name}
                {tenant.trialEndsAt !== undefined && " (trial)"}
                <TenantStatusBadge status={tenant.status} />
              </span>
              <TenantFlags tenant={tenant} now={now} />
            </Table.Td>
            <Table.Td className={classes.figure}>{tenant.members}</Table.Td>
            <Table.Td className={classes.figure}>{tenant.projects}</Table.Td>
            <Table.Td className={classes.figure}>{tenant.usagePercent} %</Table.Td>
            <Table.Td className={classes.figure}>{revenueWords(tenant)}</Table.Td>
            <Table.Td className={classes.figure}>
              {formatRelative(tenant.lastActivityAt, now)}
            </Table.Td>
            <Table.Td className={classes.figure}>{formatDate(tenant.createdAt)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </RowsTable>
  );
}

type HeadingProps = Sorting & { sort: TenantSort; label?: string; figure?: boolean };

/** A column's heading that orders the table by it; once more turns the order round. */
function Heading({ sort, label = SORT_NAMES[sort], figure, filter, onSort }: HeadingProps) {
  const sortable = isSortable(filter);
  const active = sortable && filter.sort === sort;
  const order = directionOf(filter) === "asc" ? "ascending" : "descending";
  return (
    <SortHeading
      label={label}
      order={active ? order : undefined}
      disabled={!sortable}
      className={figure ? classes.figure : undefined}
      onSort={() => onSort({ sort, reversed: active && !filter.reversed })}
    />
  );
}
