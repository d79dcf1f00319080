"use client";

import { Button } from "@mantine/core";
import { useIntersection, useMediaQuery } from "@mantine/hooks";
import { usePaginatedQuery } from "convex/react";
import { useEffect } from "react";
import { api } from "@/convex/_generated/api";
import { ProjectCards } from "./ProjectCards";
import { ProjectsEmpty } from "./ProjectsEmpty";
import classes from "./ProjectsList.module.css";
import { ProjectsSkeleton } from "./ProjectsSkeleton";
import { ProjectsTable } from "./ProjectsTable";
import type { Stage } from "./types";

const PAGE = 25;

type ProjectsListProps = {
  stages: Stage[];
  stage: Stage | undefined;
  archived: boolean;
  onShowAll: () => void;
};

/** The pages loaded so far; the next one loads when the end comes into view, or by the button. */
export function ProjectsList({ stages, stage, archived, onShowAll }: ProjectsListProps) {
  const { results, status, loadMore } = usePaginatedQuery(
    api.projects.list,
    { archived, stageId: stage?._id },
    { initialNumItems: PAGE },
  );
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  const { ref, entry } = useIntersection({ rootMargin: "300px" });
  const endInView = entry?.isIntersecting ?? false;
  useEffect(() => {
    if (endInView && status === "CanLoadMore") loadMore(PAGE);
  }, [endInView, status, loadMore]);

  if (status === "LoadingFirstPage") return <ProjectsSkeleton />;
  if (results.length === 0 && status === "Exhausted") {
    return <ProjectsEmpty stage={stage} archived={archived} onShowAll={onShowAll} />;
  }
  return (
    <>
      {wide ? (
        <ProjectsTable projects={results} stages={stages} />
      ) : (
        <ProjectCards projects={results} stages={stages} />
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
