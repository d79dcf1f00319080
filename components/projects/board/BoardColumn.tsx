"use client";

import { useDroppable } from "@dnd-kit/core";
import { Button, Skeleton } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import { usePaginatedQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useEffect } from "react";
import { api } from "@/convex/_generated/api";
import { formatCents } from "@/lib/format";
import type { MemberName, ProjectsQuery, Stage } from "../types";
import type { MoveToStage } from "../useMoveToStage";
import classes from "./Board.module.css";
import { BoardCard } from "./BoardCard";

const PAGE = 20;

type BoardColumnProps = {
  stage: Stage;
  allStages: Stage[];
  members: MemberName[];
  query: ProjectsQuery;
  total: FunctionReturnType<typeof api.pipelineStages.totals>[number] | undefined;
  movable: boolean;
  now: number;
  onMove: MoveToStage;
};

/** One stage: its true count and value, and its projects, the newest in it first; more load as one scrolls. */
export function BoardColumn(props: BoardColumnProps) {
  const { stage, allStages, members, query, total, movable, now, onMove } = props;
  const { setNodeRef, isOver } = useDroppable({ id: stage._id, disabled: stage.removing });
  const { results, status, loadMore } = usePaginatedQuery(
    api.projects.list,
    { ...query, archived: false, stageId: stage._id, sort: "entered", direction: "desc" },
    { initialNumItems: PAGE },
  );
  const { ref, entry } = useIntersection({ rootMargin: "400px" });
  const endInView = entry?.isIntersecting ?? false;
  useEffect(() => {
    if (endInView && status === "CanLoadMore") loadMore(PAGE);
  }, [endInView, status, loadMore]);

  return (
    <section
      ref={setNodeRef}
      role="listitem"
      aria-label={stage.name}
      className={classes.column}
      data-stage-category={stage.category}
      data-over={isOver || undefined}
    >
      <header className={classes.head}>
        <h2 className={classes.name}>{stage.name}</h2>
        <span className={classes.count}>{total?.projects ?? 0}</span>
        <span className={classes.value}>
          {total && total.contractPriceCents > 0 ? formatCents(total.contractPriceCents) : ""}
        </span>
      </header>
      {status === "LoadingFirstPage" ? (
        <div className={classes.cards} aria-label="Loading projects">
          <Skeleton height={92} radius="md" />
          <Skeleton height={92} radius="md" />
        </div>
      ) : (
        <ul className={classes.cards}>
          {results.map((project) => (
            <BoardCard
              key={project._id}
              project={project}
              stage={stage}
              allStages={allStages}
              members={members}
              movable={movable}
              now={now}
              onMove={onMove}
            />
          ))}
          {results.length === 0 && status === "Exhausted" && (
            <li className={classes.empty}>{isOver ? "Drop it here" : "No projects here"}</li>
          )}
          {status !== "Exhausted" && (
            <li ref={ref} className={classes.more}>
              <Button
                variant="subtle"
                size="xs"
                loading={status === "LoadingMore"}
                onClick={() => loadMore(PAGE)}
              >
                Load more
              </Button>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}
