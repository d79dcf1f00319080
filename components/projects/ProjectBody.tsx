"use client";

import { Alert, Badge, Skeleton } from "@mantine/core";
import { PermitsPanel } from "@/components/permits/PermitsPanel";
import { Anchored } from "@/components/ui/Anchored";
import { PageHeader } from "@/components/ui/PageHeader";
import { pagePart } from "@/components/ui/pagePart";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { StageBadge } from "@/components/ui/StageBadge";
import { useMember } from "@/components/workspace/MemberContext";
import { formatDate, formatProjectNumber } from "@/lib/format";
import type { EvidencePlace } from "@/lib/gates";
import { DetailPanels } from "./details/DetailPanels";
import { GatePanel } from "./gates/GatePanel";
import { ProjectActions } from "./ProjectActions";
import classes from "./ProjectView.module.css";
import { StageTrack } from "./StageTrack";
import { Timeline } from "./Timeline";
import type { ProjectDetail, Stage } from "./types";

const TasksPanel = pagePart(
  () => import("@/components/tasks/TasksPanel").then((m) => m.TasksPanel),
  <Skeleton height={160} radius="lg" aria-label="Loading the tasks" />,
);
const NotesPanel = pagePart(
  () => import("@/components/notes/NotesPanel").then((m) => m.NotesPanel),
  <Skeleton height={160} radius="lg" aria-label="Loading the notes" />,
);
const DocumentsPanel = pagePart(
  () => import("@/components/documents/DocumentsPanel").then((m) => m.DocumentsPanel),
  <Skeleton height={240} radius="lg" aria-label="Loading the documents" />,
);

const SurveyPanel = pagePart(
  () => import("@/components/surveys/SurveyPanel").then((m) => m.SurveyPanel),
  <Skeleton height={140} radius="lg" aria-label="Loading the survey" />,
);

type ProjectBodyProps = { project: ProjectDetail; stages: Stage[] };

/** Everything about one project. */
export function ProjectBody({ project, stages }: ProjectBodyProps) {
  const { can, canAsMember } = useMember();
  const stage = stages.find(({ _id }) => _id === project.stageId);
  const archived = project.archivedAt !== undefined;
  return (
    <>
      <PageHeader
        title={<bdi>{project.name}</bdi>}
        description={
          <span className={classes.badges}>
            <span>{formatProjectNumber(project.number)}</span>
            {stage && <StageBadge name={stage.name} category={stage.category} />}
            {archived && (
              <Badge color="gray" variant="light" size="lg" tt="none">
                Archived
              </Badge>
            )}
          </span>
        }
        actions={can("projects.write") && <ProjectActions project={project} />}
      />
      <div className={classes.stack}>
        {project.archivedAt !== undefined && (
          <Alert color="gray" title={`Archived on ${formatDate(project.archivedAt)}`}>
            It is out of the lists and keeps all its data. Restore it to go on working on it.
          </Alert>
        )}
        <StageTrack
          project={project}
          stages={stages}
          movable={can("projects.write") && !archived}
        />
        <GatePanel project={project} editable={can("projects.write") && !archived} />
        <Anchored id={"permits" satisfies EvidencePlace}>
          <QueryBoundary>
            <PermitsPanel project={project} editable={can("projects.write") && !archived} />
          </QueryBoundary>
        </Anchored>
        <div className={classes.columns}>
          <DetailPanels project={project} editable={can("projects.write") && !archived} />
        </div>
        {project.notes !== undefined && (
          <Panel title="About the job">
            <p className={classes.notes} dir="auto">
              {project.notes}
            </p>
          </Panel>
        )}
        <Anchored id={"tasks" satisfies EvidencePlace}>
          <TasksPanel
            projectId={project._id}
            editable={can("projects.write") && !archived}
            archived={archived}
          />
        </Anchored>
        <NotesPanel projectId={project._id} />
        <Anchored id={"surveys" satisfies EvidencePlace}>
          <SurveyPanel
            projectId={project._id}
            editable={canAsMember("projects.write") && !archived}
          />
        </Anchored>
        <Anchored id={"documents" satisfies EvidencePlace}>
          <DocumentsPanel project={project} editable={canAsMember("projects.write") && !archived} />
        </Anchored>
        <QueryBoundary>
          <Timeline projectId={project._id} />
        </QueryBoundary>
      </div>
    </>
  );
}
