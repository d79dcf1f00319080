"use client";

import { Skeleton } from "@mantine/core";
import { usePaginatedQuery } from "convex/react";
import { MoreButton } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { ActivityLine } from "./ActivityLine";
import classes from "./Timeline.module.css";

const PAGE = 15;

/** Everything that happened to a project, newest first. */
export function Timeline({ projectId }: { projectId: Id<"projects"> }) {
  const { results, status, loadMore } = usePaginatedQuery(
    api.activity.ofProject,
    { projectId },
    { initialNumItems: PAGE },
  );
  return (
    <Panel title="Timeline">
      {status === "LoadingFirstPage" ? (
        <Skeleton height={120} radius="md" aria-label="Loading the timeline" />
      ) : (
        <ol className={classes.lines}>
          {results.map((line) => (
            <li key={line._id}>
              <ActivityLine line={line} />
            </li>
          ))}
        </ol>
      )}
      <MoreButton status={status} loadMore={loadMore} count={PAGE} mt="md" size="xs">
        Show older
      </MoreButton>
    </Panel>
  );
}
