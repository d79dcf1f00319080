"use client";

import { IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import { DaysInStage } from "@/components/projects/DaysInStage";
import { filterHref } from "@/components/projects/projectsFilter";
import { ProjectsSkeleton } from "@/components/projects/ProjectsSkeleton";
import { AnchorLink } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { StageBadge } from "@/components/ui/StageBadge";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import classes from "./OverduePanel.module.css";

const HOUR = 60 * 60 * 1000;

/** The jobs that have been in their stage longest beyond its target. */
export function OverduePanel() {
  const [now] = useState(() => Date.now());
  // To the hour, so that two visits ask the same question.
  const before = Math.floor(now / HOUR) * HOUR;
  const overdue = useLiveQuery(api.projects.overdue, { before });
  const stages = useLiveQuery(api.pipelineStages.list, {});
  const stageOf = new Map(
    (stages.status === "ready" ? stages.data : []).map((stage) => [stage._id, stage]),
  );
  return (
    <Panel
      title="Over their target"
      flush
      aside={
        <AnchorLink href={filterHref({ sort: "entered" })} size="sm" fw={600}>
          Longest in stage
        </AnchorLink>
      }
    >
      {overdue.status === "loading" && <ProjectsSkeleton rows={3} />}
      {overdue.status === "error" && <ErrorNotice error={overdue.error} order={3} />}
      {overdue.status === "ready" && overdue.data.length === 0 && (
        <Notice
          order={3}
          icon={<IconCircleCheck size={26} stroke={1.6} aria-hidden />}
          title="Nothing is stuck"
        >
          A job appears here when it stays in a stage for longer than the stage’s target.
        </Notice>
      )}
      {overdue.status === "ready" && overdue.data.length > 0 && (
        <ul className={classes.jobs}>
          {overdue.data.map((project) => {
            const stage = stageOf.get(project.stageId);
            return (
              <li key={project._id}>
                <AnchorLink href={`/projects/${project._id}`} fw={600} size="sm">
                  <bdi>{project.name}</bdi>
                </AnchorLink>
                {stage && <StageBadge name={stage.name} category={stage.category} />}
                {stage && <DaysInStage project={project} stage={stage} now={now} />}
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}
