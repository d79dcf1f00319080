"use client";

import { Button } from "@mantine/core";
import { useIntersection, useMediaQuery } from "@mantine/hooks";
import { usePaginatedQuery } from "convex/react";
import { useEffect } from "react";
import { api } from "@/convex/_generated/api";
import { ProjectCards } from "./ProjectCards";
import { NO_FILTER, type ProjectsFilter } from "./projectsFilter";
import { ProjectsEmpty } from "./ProjectsEmpty";
import classes from "./ProjectsList.module.css";
import { ProjectsSkeleton } from "./ProjectsSkeleton";
import { ProjectsTable } from "./ProjectsTable";
import type { MemberName, ProjectsQuery, Stage } from "./types";

const PAGE = 25;

type ProjectsListProps = {
  stages: Stage[];
  members: MemberName[];
  stage: Stage | undefined;
  filter: ProjectsFilter;
  query: ProjectsQuery;
  onChange: (change: Partial<ProjectsFilter>) => void;
};

/** The pages loaded so far; the next one loads when the end comes into view, or by the button. */
export function ProjectsList(props: ProjectsListProps) {
  const { stages, members, stage, filter, query, onChange } = props;
  const { results, status, loadMore } = usePaginatedQuery(api.projects.list, query, {
    initialNumItems: PAGE,
  });
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  const { ref, entry } = useIntersection({ rootMargin: "300px" });
  const endInView = entry?.isIntersecting ?? false;
  // A page that several filters left empty has no end to scroll to: it loads the next one by itself.
  const nothingYet = results.length === 0;
  useEffect(() => {
    if ((endInView || nothingYet) && status === "CanLoadMore") loadMore(PAGE);
  }, [endInView, nothingYet, status, loadMore]);

  if (nothingYet && status === "Exhausted") {
    return (
      <ProjectsEmpty stage={stage} filter={filter} onShowAll={() => onChange({ ...NO_FILTER })} />
    );
  }
  if (nothingYet) return <ProjectsSkeleton />;
  return (
    <>
      {wide ? (
        <ProjectsTable
          projects={results}
          stages={stages}
          members={members}
          filter={filter}
          onSort={onChange}
        />
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
