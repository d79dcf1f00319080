"use client";

import { Skeleton, Stack, Table } from "@mantine/core";
import { IconCoin } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { HoverPrefetchLink } from "@/components/ui/HoverPrefetchLink";
import { LoadMore } from "@/components/ui/LoadMore";
import { Notice } from "@/components/ui/Notice";
import { api } from "@/convex/_generated/api";
import { formatBytes } from "@/lib/format";
import { countWords } from "../performance/figures";
import classes from "./Costs.module.css";
import { dollars } from "./months";

const PAGE = 25;

/** Companies by what they cost in a month, dearest first. */
export function CompanyCosts({ month }: { month: string }) {
  const { results, status, loadMore } = usePaginatedQuery(
    api.staff.costs.companies,
    { month },
    { initialNumItems: PAGE },
  );
  if (status === "LoadingFirstPage") {
    return (
      <Stack gap="sm" p="lg" role="status" aria-label="Loading companies">
        {Array.from({ length: 6 }, (_, row) => (
          <Skeleton key={row} height={28} radius="sm" />
        ))}
      </Stack>
    );
  }
  if (results.length === 0) {
    return (
      <Notice icon={<IconCoin size={26} stroke={1.6} aria-hidden />} title="No use was measured">
        Companies appear here some seconds after they use Sunup.
      </Notice>
    );
  }
  return (
    <>
      <Table
        className={classes.table}
        highlightOnHover
        highlightOnHoverColor="var(--sunup-hover)"
        borderColor="var(--sunup-line)"
        horizontalSpacing="md"
        verticalSpacing={6}
        aria-label="Companies by cost"
      >
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Company</Table.Th>
            {["Cost", "Calls", "Read", "Written", "Sent outside", "Files kept"].map((label) => (
              <Table.Th key={label} className={classes.figure}>
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {results.map((row) => (
            <Table.Tr key={row.tenant ?? row.name}>
              <Table.Td className={classes.company}>
                <HoverPrefetchLink href={`/admin/tenants/${row.tenant}`}>
                  <bdi>{row.name}</bdi>
                </HoverPrefetchLink>
              </Table.Td>
              <Table.Td className={classes.figure} data-label="Cost">
                {dollars(row.cost)}
              </Table.Td>
              <Table.Td className={classes.figure} data-label="Calls">
                {countWords(row.calls)}
              </Table.Td>
              <Table.Td className={classes.figure} data-label="Read">
                {formatBytes(row.bytesRead)}
              </Table.Td>
              <Table.Td className={classes.figure} data-label="Written">
                {formatBytes(row.bytesWritten)}
              </Table.Td>
              <Table.Td className={classes.figure} data-label="Sent outside">
                {formatBytes(row.egressBytes)}
              </Table.Td>
              <Table.Td className={classes.figure} data-label="Files kept">
                {row.stored ? (
                  <>
                    {formatBytes(row.stored.bytes)}
                    {row.stored.bytes > 0 && (
                      <span className={classes.fine}>{dollars(row.stored.cost)} a month</span>
                    )}
                  </>
                ) : (
                  "–"
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <LoadMore status={status} loadMore={loadMore} count={PAGE} />
    </>
  );
}
