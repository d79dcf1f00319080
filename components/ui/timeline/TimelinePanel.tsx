import { Skeleton } from "@mantine/core";
import type { UsePaginatedQueryResult } from "convex/react";
import type { ReactNode } from "react";
import { MoreButton } from "../LoadMore";
import { Panel } from "../Panel";
import classes from "./TimelinePanel.module.css";

/** How many lines a timeline loads at a time. */
export const TIMELINE_PAGE = 15;

type TimelinePanelProps<Line> = {
  pages: UsePaginatedQueryResult<Line>;
  children: (line: Line) => ReactNode;
};

/** Everything that happened to something, newest first. */
export function TimelinePanel<Line extends { _id: string }>(props: TimelinePanelProps<Line>) {
  const { results, status, loadMore } = props.pages;
  return (
    <Panel title="Timeline">
      {status === "LoadingFirstPage" ? (
        <Skeleton height={120} radius="md" aria-label="Loading the timeline" />
      ) : (
        <ol className={classes.lines}>
          {results.map((line) => (
            <li key={line._id}>{props.children(line)}</li>
          ))}
        </ol>
      )}
      <MoreButton status={status} loadMore={loadMore} count={TIMELINE_PAGE} mt="md" size="xs">
        Show older
      </MoreButton>
    </Panel>
  );
}
