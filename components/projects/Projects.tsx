"use client";

import { useSearchParams } from "next/navigation";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice, QueryBoundary } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { CreateProjectButton } from "./CreateProjectButton";
import { filterFrom, filterHref, type ProjectsFilter } from "./projectsFilter";
import { ProjectsFilterBar } from "./ProjectsFilterBar";
import { ProjectsList } from "./ProjectsList";
import { ProjectsSkeleton } from "./ProjectsSkeleton";

/** The company's projects: filtered by stage, active or archived, newest first. */
export function Projects() {
  const { can } = useMember();
  const filter = filterFrom(useSearchParams());
  const stages = useLiveQuery(api.pipelineStages.list, {});
  const stage =
    stages.status === "ready" ? stages.data.find(({ _id }) => _id === filter.stage) : undefined;

  // The address alone changes: Next keeps useSearchParams() in step without asking the server.
  const apply = (next: ProjectsFilter) => window.history.pushState(null, "", filterHref(next));

  return (
    <>
      <PageHeader
        title="Projects"
        description="Every job from signed contract to permission to operate, newest first."
        actions={can("projects.write") && <CreateProjectButton />}
      />
      <ProjectsFilterBar
        stages={stages.status === "ready" ? stages.data : []}
        stageId={stage?._id ?? null}
        archived={filter.archived}
        onChange={apply}
      />
      <Panel flush>
        {stages.status === "loading" && <ProjectsSkeleton />}
        {stages.status === "error" && <ErrorNotice error={stages.error} />}
        {stages.status === "ready" && (
          <QueryBoundary resetKey={filterHref(filter)}>
            <ProjectsList
              stages={stages.data}
              stage={stage}
              archived={filter.archived}
              onShowAll={() => apply({ stage: null, archived: false })}
            />
          </QueryBoundary>
        )}
      </Panel>
    </>
  );
}
