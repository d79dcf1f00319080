"use client";

import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowLeft, IconMapSearch } from "@tabler/icons-react";
import { AnchorLink, ButtonLink } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { errorData } from "@/lib/errors";
import { ProjectBody } from "./ProjectBody";
import { ProjectSkeleton } from "./ProjectSkeleton";
import classes from "./ProjectView.module.css";

/** A project's page, live. An address that leads to no project of this company says "not found". */
export function ProjectView({ projectId }: { projectId: string }) {
  const project = useLiveQuery(api.projects.get, { projectId });
  const stages = useLiveQuery(api.pipelineStages.list, {});
  useDocumentTitle(`${project.status === "ready" ? project.data.name : "Project"} · Sunup`);

  if (project.status === "error" && errorData(project.error)?.code === "NOT_FOUND") {
    return <ProjectNotFound />;
  }
  const failed = [project, stages].find((query) => query.status === "error");
  return (
    <>
      <AnchorLink href="/projects" size="sm" className={classes.back}>
        <IconArrowLeft size={16} aria-hidden />
        All projects
      </AnchorLink>
      {failed ? (
        <ErrorNotice error={failed.error} order={1} />
      ) : project.status === "ready" && stages.status === "ready" ? (
        <ProjectBody project={project.data} stages={stages.data} />
      ) : (
        <ProjectSkeleton />
      )}
    </>
  );
}

function ProjectNotFound() {
  return (
    <Notice
      order={1}
      icon={<IconMapSearch size={26} stroke={1.6} aria-hidden />}
      title="Project not found"
      actions={<ButtonLink href="/projects">Go to all projects</ButtonLink>}
    >
      There is no project at this address in your company. The link may be mistyped, or it belongs
      to another company.
    </Notice>
  );
}
