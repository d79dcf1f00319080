"use client";

import { Button } from "@mantine/core";
import { IconArchive, IconFilter, IconSolarPanel } from "@tabler/icons-react";
import { Notice } from "@/components/ui/Notice";
import { useMember } from "@/components/workspace/MemberContext";
import { CreateProjectButton } from "./CreateProjectButton";
import { narrows, type ProjectsFilter } from "./projectsFilter";
import type { Stage } from "./types";

type ProjectsEmptyProps = {
  stage: Stage | undefined;
  filter: ProjectsFilter;
  onShowAll: () => void;
};

/** Why the list is empty, and what to do about it. */
export function ProjectsEmpty({ stage, filter, onShowAll }: ProjectsEmptyProps) {
  const { archived } = filter;
  const { stage: _, ...others } = filter;
  const several = narrows({ ...others, stage: null });
  if (!narrows(filter) && !archived) return <NoProjectsYet />;
  const where = stage ? ` in “${stage.name}”` : "";
  return (
    <Notice
      icon={
        archived ? (
          <IconArchive size={26} stroke={1.6} aria-hidden />
        ) : (
          <IconFilter size={26} stroke={1.6} aria-hidden />
        )
      }
      title={
        several
          ? "No projects fit these filters"
          : archived
            ? `No archived projects${where}`
            : `No projects${where}`
      }
      actions={
        <Button variant="default" onClick={onShowAll}>
          Show all active projects
        </Button>
      }
    >
      {several
        ? "Nothing is lost: with fewer filters, more projects appear."
        : archived
          ? "An archived project leaves the lists and keeps all its data; it can be restored at any time."
          : "A project comes here when it is moved to this stage."}
    </Notice>
  );
}

/** The invitation to create the first project, or who can, for those who may not. */
export function NoProjectsYet({ order = 2 }: { order?: 2 | 3 }) {
  const { canAsMember } = useMember();
  const mayCreate = canAsMember("projects.write");
  return (
    <Notice
      order={order}
      icon={<IconSolarPanel size={26} stroke={1.6} aria-hidden />}
      title="No projects yet"
      actions={mayCreate && <CreateProjectButton label="Create your first project" />}
    >
      {mayCreate
        ? "A project is one job at one site. Start with its name and the customer; the rest can follow."
        : "Projects that your company creates appear here."}
    </Notice>
  );
}
