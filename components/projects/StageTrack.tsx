"use client";

import { Button, Menu, Text } from "@mantine/core";
import { IconArrowsExchange, IconCheck, IconClockExclamation } from "@tabler/icons-react";
import { useState } from "react";
import { Panel } from "@/components/ui/Panel";
import { daysBetween } from "@/lib/days";
import { stageAge } from "./daysInStage";
import { openStages } from "./openStages";
import { GateDialog } from "./gates/lazyGateDialog";
import classes from "./StageTrack.module.css";
import type { ProjectDetail, Stage } from "./types";
import { useStageMove } from "./useStageMove";

type StageTrackProps = { project: ProjectDetail; stages: Stage[]; movable: boolean };

/** Where the job stands on its way: a track of all stages to click, and a menu for the same. */
export function StageTrack({ project, stages, movable }: StageTrackProps) {
  const [now] = useState(() => Date.now());
  const position = stages.findIndex(({ _id }) => _id === project.stageId);
  const current = stages[position];
  const { move, moving, blocked, dismiss } = useStageMove(project, current);
  const age = current && stageAge(daysBetween(project.stageEnteredAt, now), current.targetDays);

  return (
    <Panel
      title="Stage"
      aside={
        movable && (
          <Menu
            position="bottom-end"
            width={240}
            portalProps={{ target: "#content" }}
            withInitialFocusPlaceholder={false}
          >
            <Menu.Target>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconArrowsExchange size={15} aria-hidden />}
                disabled={moving}
              >
                Move to stage
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {openStages(stages).map((stage) => (
                <Menu.Item
                  key={stage._id}
                  aria-current={stage._id === project.stageId || undefined}
                  leftSection={
                    <span
                      className={classes.dot}
                      data-stage-category={stage.category}
                      aria-hidden="true"
                    />
                  }
                  rightSection={
                    stage._id === project.stageId && <IconCheck size={15} aria-hidden />
                  }
                  onClick={() => void move(stage)}
                >
                  {stage.name}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )
      }
    >
      <ol className={classes.track}>
        {stages.map((stage, index) => {
          const state = index < position ? "done" : index === position ? "current" : "ahead";
          const label = (
            <>
              <span className={classes.bar} aria-hidden="true" />
              <span className={classes.name}>{stage.name}</span>
            </>
          );
          return (
            <li key={stage._id} data-state={state} data-stage-category={stage.category}>
              {movable && state !== "current" && !stage.removing ? (
                <button
                  type="button"
                  className={classes.step}
                  aria-label={`Move to ${stage.name}`}
                  disabled={moving}
                  onClick={() => void move(stage)}
                >
                  {label}
                </button>
              ) : (
                <span
                  className={classes.step}
                  aria-current={state === "current" ? "step" : undefined}
                >
                  {label}
                </span>
              )}
            </li>
          );
        })}
      </ol>
      {blocked && <GateDialog blocked={blocked} onClose={dismiss} />}
      {age && (
        <Text size="sm" className={classes.age} data-late={age.late || undefined}>
          {age.late && <IconClockExclamation size={16} aria-hidden />}
          <span className={classes.place}>
            {current.name}, {position + 1} of {stages.length}:
          </span>{" "}
          {age.text}.
        </Text>
      )}
    </Panel>
  );
}
