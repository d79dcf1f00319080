"use client";

import { Button, Skeleton } from "@mantine/core";
import { useIntersection, useMediaQuery } from "@mantine/hooks";
import { usePaginatedQuery } from "convex/react";
import type { FunctionArgs } from "convex/server";
import { useEffect } from "react";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import { LeadCards } from "./LeadCards";
import type { LeadsFilter } from "./leadsFilter";
import { LeadsEmpty } from "./LeadsEmpty";
import classes from "./LeadsList.module.css";
import { LeadsTable } from "./LeadsTable";
import type { Campaign, LeadWorker } from "./types";

const PAGE = 25;

type LeadsListProps = {
  query: Omit<FunctionArgs<typeof api.leads.list>, "paginationOpts">;
  filter: LeadsFilter;
  campaigns: Campaign[];
  workers: LeadWorker[];
  onChange: (change: Partial<LeadsFilter>) => void;
};

/** The pages loaded so far; the next one loads when the end comes into view, or by the button. */
export function LeadsList({ query, filter, campaigns, workers, onChange }: LeadsListProps) {
  const { results, status, loadMore } = usePaginatedQuery(api.leads.list, query, {
    initialNumItems: PAGE,
  });
  const now = useNow();
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  const { ref, entry } = useIntersection({ rootMargin: "300px" });
  const endInView = entry?.isIntersecting ?? false;
  useEffect(() => {
    if (endInView && status === "CanLoadMore") loadMore(PAGE);
  }, [endInView, status, loadMore]);

  if (status === "LoadingFirstPage") return <LeadsSkeleton />;
  if (results.length === 0) return <LeadsEmpty filter={filter} onChange={onChange} />;
  const names = {
    campaignOf: new Map<string, string>(campaigns.map(({ _id, name }) => [_id, name])),
    workerOf: new Map<string, string>(workers.map(({ _id, name }) => [_id, name])),
  };
  return (
    <>
      {wide ? (
        <LeadsTable leads={results} now={now} {...names} />
      ) : (
        <LeadCards leads={results} now={now} {...names} />
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

function LeadsSkeleton() {
  return (
    <div role="status" aria-label="Loading the leads" className={classes.loading}>
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} height={38} radius="md" />
      ))}
    </div>
  );
}
