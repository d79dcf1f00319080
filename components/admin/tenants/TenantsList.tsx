"use client";

import { Button, Skeleton, Stack } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconBuildingCommunity } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { LoadMore } from "@/components/ui/LoadMore";
import { Notice } from "@/components/ui/Notice";
import { useEndless } from "@/components/ui/useEndless";
import { api } from "@/convex/_generated/api";
import { TenantCards } from "./TenantCards";
import { narrows, NO_FILTER, type TenantsFilter } from "./tenantsFilter";
import { TenantsTable } from "./TenantsTable";
import type { TenantsQuery } from "./types";

const PAGE = 25;

type TenantsListProps = {
  filter: TenantsFilter;
  query: TenantsQuery;
  onChange: (change: Partial<TenantsFilter>) => void;
};

/** The pages loaded so far; the next one loads when the end comes into view, or by the button. */
export function TenantsList({ filter, query, onChange }: TenantsListProps) {
  const pages = usePaginatedQuery(api.staff.tenants.list, query, { initialNumItems: PAGE });
  const endRef = useEndless<HTMLDivElement>(pages, PAGE);
  const { results, status } = pages;
  const wide = useMediaQuery("(min-width: 75em)", true, { getInitialValueInEffect: false });
  const nothingYet = results.length === 0;

  if (nothingYet && status === "Exhausted") {
    return <NoTenants filter={filter} onShowAll={() => onChange({ ...NO_FILTER })} />;
  }
  if (nothingYet) return <TenantsSkeleton />;
  return (
    <>
      {wide ? (
        <TenantsTable tenants={results} filter={filter} onSort={onChange} />
      ) : (
        <TenantCards tenants={results} />
      )}
      <LoadMore {...pages} count={PAGE} endRef={endRef} />
    </>
  );
}

function NoTenants({ filter, onShowAll }: { filter: TenantsFilter; onShowAll: () => void }) {
  const narrowed = narrows(filter);
  return (
    <Notice
      icon={<IconBuildingCommunity size={26} stroke={1.6} aria-hidden />}
      title={narrowed ? "No company fits" : "No companies yet"}
      actions={
        narrowed && (
          <Button variant="default" onClick={onShowAll}>
            Show all companies
          </Button>
        )
      }
    >
      {narrowed
        ? "Try other words or fewer filters. Somebody’s whole e-mail address or Clerk user id finds their company, too."
        : "The first one appears here as soon as somebody signs up."}
    </Notice>
  );
}

function TenantsSkeleton() {
  return (
    <Stack gap="sm" p="lg" role="status" aria-label="Loading companies">
      {Array.from({ length: 8 }, (_, row) => (
        <Skeleton key={row} height={34} radius="sm" />
      ))}
    </Stack>
  );
}
