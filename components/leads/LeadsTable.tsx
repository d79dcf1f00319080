import { Table } from "@mantine/core";
import { RowLink } from "@/components/ui/RowLink";
import { RowsTable } from "@/components/ui/RowsTable";
import { formatRelative } from "@/lib/format";
import classes from "./LeadsList.module.css";
import { LeadStatusBadge } from "./LeadStatusBadge";
import type { LeadRow } from "./types";

type LeadsTableProps = {
  leads: LeadRow[];
  now: number;
  campaignOf: Map<string, string>;
  workerOf: Map<string, string>;
};

/** Leads at the desk: one row each, the row opens the lead. */
export function LeadsTable({ leads, now, campaignOf, workerOf }: LeadsTableProps) {
  return (
    <RowsTable>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Lead</Table.Th>
          <Table.Th>Contact</Table.Th>
          <Table.Th>Status</Table.Th>
          <Table.Th>Campaign</Table.Th>
          <Table.Th>Assignee</Table.Th>
          <Table.Th>Came in</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {leads.map((lead) => (
          <Table.Tr key={lead._id}>
            <Table.Td>
              <RowLink href={`/leads/${lead._id}`}>{lead.name}</RowLink>
              {lead.address && (
                <span className={classes.sub}>
                  <bdi>{lead.address}</bdi>
                </span>
              )}
            </Table.Td>
            <Table.Td>
              {lead.email ?? lead.phone ?? "–"}
              {lead.email && lead.phone && <span className={classes.sub}>{lead.phone}</span>}
            </Table.Td>
            <Table.Td>
              <LeadStatusBadge status={lead.status} />
            </Table.Td>
            <Table.Td>
              <bdi>{campaignOf.get(lead.campaignId)}</bdi>
            </Table.Td>
            <Table.Td>
              {lead.assigneeId === undefined ? (
                <span className={classes.nobody}>Nobody yet</span>
              ) : (
                <bdi>{workerOf.get(lead.assigneeId) ?? "A former member"}</bdi>
              )}
            </Table.Td>
            <Table.Td className={classes.when}>{formatRelative(lead._creationTime, now)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </RowsTable>
  );
}
