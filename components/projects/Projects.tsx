"use client";

import { useLocalStorage } from "@mantine/hooks";
import { useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { PageHeader } from "@/components/ui/PageHeader";
import { pagePart } from "@/components/ui/pagePart";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice, QueryBoundary } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { CreateProjectButton } from "./CreateProjectButton";
import { ExportProjects } from "./ExportProjects";
import {
  filterFrom,
  filterHref,
  type ProjectsFilter,
  queryOf,
  type ProjectsView,
} from "./projectsFilter";
import { ProjectsFilterBar } from "./ProjectsFilterBar";
import { ProjectsList } from "./ProjectsList";
import { ProjectsSkeleton } from "./ProjectsSkeleton";

const Board = pagePart(
  () => import("./board/Board").then((module) => module.Board),
  <ProjectsSkeleton />,
);

/** The company's projects as a table or a board, filtered and ordered by what the address says. */
export function Projects() {
  const { canAsMember, member, tenant } = useMember();
  const filter = filterFrom(useSearchParams());
  const [lastView, setLastView] = useLocalStorage<ProjectsView>({
    key: "sunup-projects-view",
    defaultValue: "table",
    getInitialValueInEffect: false,
  });
  const view = filter.view ?? (lastView === "board" ? "board" : "table");
  useEffect(() => {
    if (view === "board") Board.fetchAhead();
  }, [view]);
  const stages = useLiveQuery(api.pipelineStages.list, {});
  const members = useLiveQuery(api.members.names, {});
  const names = members.status === "ready" ? members.data : [];
  const stage =
    stages.status === "ready" ? stages.data.find(({ _id }) => _id === filter.stage) : undefined;
  const known = {
    stageId: stage?._id,
    ownerId: names.find(({ _id }) => _id === filter.owner)?._id,
  };
  const query = queryOf(filter, known, tenant.timeZone);

  // The address alone changes: Next keeps useSearchParams() in step without asking the server.
  const apply = (change: Partial<ProjectsFilter>) => {
    if (change.view) setLastView(change.view);
    window.history.pushState(null, "", filterHref({ ...filter, ...change }));
  };

  return (
    <>
      <PageHeader
        title="Projects"
        description="Every job from signed contract to permission to operate."
        actions={
          <>
            {stages.status === "ready" && canAsMember("projects.read") && (
              <ExportProjects query={query} stages={stages.data} members={names} />
            )}
            {canAsMember("projects.write") && <CreateProjectButton />}
          </>
        }
      />
      <ProjectsFilterBar
        view={view}
        filter={filter}
        stages={stages.status === "ready" ? stages.data : []}
        members={names}
        ownId={member?._id ?? null}
        onChange={apply}
      />
      {stages.status === "error" && <ErrorNotice error={stages.error} />}
      {view === "board" && stages.status === "ready" && (
        <QueryBoundary resetKey={filterHref(filter)}>
          <Board
            stages={stages.data.filter(
              ({ _id, category }) =>
                (stage === undefined || _id === stage._id) &&
                (filter.category === null || category === filter.category),
            )}
            allStages={stages.data}
            members={names}
            query={query}
          />
        </QueryBoundary>
      )}
      {view === "table" && (
        <Panel flush>
          {stages.status === "loading" && <ProjectsSkeleton />}
          {stages.status === "ready" && (
            <QueryBoundary resetKey={filterHref(filter)}>
              <ProjectsList
                stages={stages.data}
                members={names}
                stage={stage}
                filter={filter}
                query={query}
                onChange={apply}
              />
            </QueryBoundary>
          )}
        </Panel>
      )}
    </>
  );
}
