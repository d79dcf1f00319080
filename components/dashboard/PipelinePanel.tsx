"use client";

import { Skeleton, Text } from "@mantine/core";
import Link from "next/link";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { STAGE_CATEGORY_NAMES } from "@/lib/stages";
import classes from "./PipelinePanel.module.css";

/** The company's stages in order, each a way into its projects. */
export function PipelinePanel() {
  const stages = useLiveQuery(api.pipelineStages.list, {});
  if (stages.status === "error") {
    return (
      <Panel title="Pipeline">
        <ErrorNotice error={stages.error} order={3} />
      </Panel>
    );
  }
  return (
    <Panel
      title="Pipeline"
      aside={
        <Text c="dimmed" size="sm" visibleFrom="sm">
          From signed contract to permission to operate
        </Text>
      }
    >
      {stages.status === "loading" ? (
        <Skeleton height={92} radius="md" aria-label="Loading the pipeline" />
      ) : (
        <ol className={classes.stages}>
          {stages.data.map((stage) => (
            <li key={stage._id} data-stage-category={stage.category}>
              <Link href={`/projects?stage=${stage._id}`} className={classes.stage}>
                <span className={classes.number} aria-hidden="true">
                  {stage.order + 1}
                </span>
                <span className={classes.name}>{stage.name}</span>
                <span className={classes.category}>{STAGE_CATEGORY_NAMES[stage.category]}</span>
                <span className={classes.target}>
                  {stage.targetDays > 0 ? `Target ${stage.targetDays} days` : "No target"}
                </span>
              </Link>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
