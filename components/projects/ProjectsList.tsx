"use client";

import { useMediaQuery } from "@mantine/hooks";
import { usePaginatedQuery } from "convex/react";
import { LoadMore } from "@/components/ui/LoadMore";
import { useEndless } from "@/components/ui/useEndless";
import { api } from "@/convex/_generated/api";
import { ProjectCards } from "./ProjectCards";
import { NO_FILTER, type ProjectsFilter } from "./projectsFilter";
import { ProjectsEmpty } from "./ProjectsEmpty";
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
  const pages = usePaginatedQuery(api.projects.list, query, { initialNumItems: PAGE });
  const endRef = useEndless<HTMLDivElement>(pages, PAGE);
  const { results, status } = pages;
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });
  const nothingYet = results.length === 0;

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
      <LoadMore {...pages} count={PAGE} endRef={endRef} />
    </>
  );
}
