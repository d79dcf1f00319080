"use client";

import { Skeleton } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { usePaginatedQuery } from "convex/react";
import type { FunctionArgs } from "convex/server";
import { LoadMore } from "@/components/ui/LoadMore";
import { useEndless } from "@/components/ui/useEndless";
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
  const pages = usePaginatedQuery(api.leads.list, query, { initialNumItems: PAGE });
  const endRef = useEndless<HTMLDivElement>(pages, PAGE);
  const { results, status } = pages;
  const now = useNow();
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  const nothingYet = results.length === 0;

  if (nothingYet && status !== "Exhausted") return <LeadsSkeleton />;
  if (nothingYet) return <LeadsEmpty filter={filter} onChange={onChange} />;
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
      <LoadMore {...pages} count={PAGE} endRef={endRef} />
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
