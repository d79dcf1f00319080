"use client";

import { Skeleton, Stack } from "@mantine/core";
import { IconActivity } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { LoadMore } from "@/components/ui/LoadMore";
import { Notice } from "@/components/ui/Notice";
import { api } from "@/convex/_generated/api";
import type { FunctionSort } from "@/lib/telemetry/functionSort";
import type { Choice } from "./figures";
import { FunctionsTable } from "./FunctionsTable";

const PAGE = 25;

type FunctionsListProps = {
  choice: Choice;
  onSort: (sort: FunctionSort) => void;
  onOpen: (path: string) => void;
};

/** The functions of a day, page by page. */
export function FunctionsList({ choice, ...rest }: FunctionsListProps) {
  const { results, status, loadMore } = usePaginatedQuery(api.staff.performance.functions, choice, {
    initialNumItems: PAGE,
  });
  if (status === "LoadingFirstPage") {
    return (
      <Stack gap="sm" p="lg" role="status" aria-label="Loading functions">
        {Array.from({ length: 8 }, (_, row) => (
          <Skeleton key={row} height={28} radius="sm" />
        ))}
      </Stack>
    );
  }
  if (results.length === 0) {
    return (
      <Notice
        icon={<IconActivity size={26} stroke={1.6} aria-hidden />}
        title="Nothing ran that day"
      >
        Figures appear here some seconds after functions run.
      </Notice>
    );
  }
  return (
    <>
      <FunctionsTable rows={results} sort={choice.sort} {...rest} />
      <LoadMore status={status} loadMore={loadMore} count={PAGE} />
    </>
  );
}
