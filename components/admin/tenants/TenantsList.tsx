"use client";

import { Button, Skeleton, Stack } from "@mantine/core";
import { useIntersection, useMediaQuery } from "@mantine/hooks";
import { IconBuildingCommunity } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { useEffect } from "react";
import { Notice } from "@/components/ui/Notice";
import { api } from "@/convex/_generated/api";
import { TenantCards } from "./TenantCards";
import { narrows, NO_FILTER, type TenantsFilter } from "./tenantsFilter";
import classes from "./Tenants.module.css";
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
  const { results, status, loadMore } = usePaginatedQuery(api.staff.tenants.list, query, {
    initialNumItems: PAGE,
  });
  const wide = useMediaQuery("(min-width: 75em)", true, { getInitialValueInEffect: false });
  const { ref, entry } = useIntersection({ rootMargin: "300px" });
  const endInView = entry?.isIntersecting ?? false;
  // A page that several filters left empty has no end to scroll to: it loads the next one by itself.
  const nothingYet = results.length === 0;
  useEffect(() => {
    if ((endInView || nothingYet) && status === "CanLoadMore") loadMore(PAGE);
  }, [endInView, nothingYet, status, loadMore]);

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
      {status !== "Exhausted" && (
        <div ref={ref} className={classes.more}>
          <Button
            variant="default"
            loading={status === "LoadingMore"}
            onClick={() => loadMore(PAGE)}
          >
            Load more
          </Button>
        </div>
      )}
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
