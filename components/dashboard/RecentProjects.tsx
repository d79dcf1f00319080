"use client";

import { ProjectCards } from "@/components/projects/ProjectCards";
import { NoProjectsYet } from "@/components/projects/ProjectsEmpty";
import { ProjectsSkeleton } from "@/components/projects/ProjectsSkeleton";
import { AnchorLink } from "@/components/ui/links";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import classes from "./RecentProjects.module.css";

const NEWEST = { paginationOpts: { numItems: 5, cursor: null } };

/** The five newest projects, live. */
export function RecentProjects() {
  const projects = useLiveQuery(api.projects.list, NEWEST);
  const stages = useLiveQuery(api.pipelineStages.list, {});
  const newest = projects.status === "ready" ? projects.data.page : [];
  return (
    <Panel
      title="Newest projects"
      flush
      aside={
        newest.length > 0 && (
          <AnchorLink href="/projects" size="sm" fw={600}>
            All projects
          </AnchorLink>
        )
      }
    >
      <div className={classes.list}>
        {projects.status === "loading" && <ProjectsSkeleton rows={5} />}
        {projects.status === "error" && <ErrorNotice error={projects.error} order={3} />}
        {projects.status === "ready" && newest.length === 0 && <NoProjectsYet order={3} />}
        {newest.length > 0 && (
          <ProjectCards projects={newest} stages={stages.status === "ready" ? stages.data : []} />
        )}
      </div>
    </Panel>
  );
}
