"use client";

import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import classes from "./PipelineSettings.module.css";
import type { EditableStage } from "./types";

const NUMBER = new Intl.NumberFormat("en-US");

type RemovalProgressProps = {
  stage: EditableStage;
  removal: NonNullable<EditableStage["removal"]>;
  goal: EditableStage | undefined;
};

/** How far the moving away of a stage's projects is. It goes on when the page is closed. */
export function RemovalProgress({ stage, removal, goal }: RemovalProgressProps) {
  const contents = useLiveQuery(api.pipelineStages.contents, { stageId: stage._id });
  const left = contents.status === "ready" ? contents.data.projects : null;
  return (
    <span className={classes.target} role="status">
      Being removed: {NUMBER.format(removal.moved)} projects moved to{" "}
      <bdi>{goal?.name ?? "another stage"}</bdi>
      {left !== null && left > 0 ? `, ${NUMBER.format(left)} to go` : ""}.
    </span>
  );
}
