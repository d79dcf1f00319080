import { IconClockExclamation } from "@tabler/icons-react";
import { daysBetween } from "@/lib/days";
import { shortAge, stageAge } from "./daysInStage";
import classes from "./DaysInStage.module.css";
import type { ProjectRow, Stage } from "./types";

type DaysInStageProps = {
  project: Pick<ProjectRow, "stageEnteredAt">;
  stage: Pick<Stage, "targetDays">;
  /** Milliseconds. */
  now: number;
};

/** How long a job has been in its stage; over its target it says so in words, not by colour alone. */
export function DaysInStage({ project, stage, now }: DaysInStageProps) {
  const days = daysBetween(project.stageEnteredAt, now);
  const { late } = stageAge(days, stage.targetDays);
  return (
    <span className={classes.age} data-late={late || undefined}>
      {late && <IconClockExclamation size={14} aria-hidden />}
      {shortAge(days)}
      {late && `, target ${stage.targetDays}`}
    </span>
  );
}
