"use client";

import { useSortable } from "@dnd-kit/sortable";
import { ActionIcon, Loader, Menu } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconDots,
  IconGripVertical,
  IconPencil,
  IconTrash,
} from "@tabler/icons-react";
import classes from "./PipelineSettings.module.css";
import { RemovalProgress } from "./RemovalProgress";
import { targetText } from "./targetText";
import type { EditableStage } from "./types";

type StageRowProps = {
  stage: EditableStage;
  /** Where its projects go while it is being removed. */
  goal: EditableStage | undefined;
  first: boolean;
  last: boolean;
  /** One place up (-1) or down (1). */
  onMove: (by: -1 | 1) => void;
  onEdit: () => void;
  onRemove: () => void;
};

/** A stage: its handle drags it, also by keyboard; its menu does everything. */
export function StageRow({ stage, goal, first, last, onMove, onEdit, onRemove }: StageRowProps) {
  const {
    attributes,
    listeners,
    setNodeRef,
    setActivatorNodeRef,
    transform,
    transition,
    isDragging,
  } = useSortable({ id: stage._id, disabled: first && last });
  const icon = { size: 16, stroke: 1.7, "aria-hidden": true } as const;
  return (
    <li
      ref={setNodeRef}
      className={classes.stage}
      data-dragging={isDragging || undefined}
      style={{
        transform: transform ? `translateY(${Math.round(transform.y)}px)` : undefined,
        transition,
      }}
    >
      {first && last ? (
        <span className={classes.noHandle} />
      ) : (
        <ActionIcon
          ref={setActivatorNodeRef}
          variant="subtle"
          color="gray"
          size={36}
          className={classes.handle}
          {...attributes}
          {...listeners}
          aria-label={`Move ${stage.name}`}
        >
          <IconGripVertical {...icon} />
        </ActionIcon>
      )}
      <span className={classes.dot} aria-hidden="true" />
      <span className={classes.words}>
        <bdi className={classes.name}>{stage.name}</bdi>
        {stage.removal ? (
          <RemovalProgress stage={stage} removal={stage.removal} goal={goal} />
        ) : (
          <span className={classes.target}>{targetText(stage.targetDays)}</span>
        )}
      </span>
      {stage.removal ? (
        <Loader size="sm" aria-hidden />
      ) : (
        <Menu position="bottom-end" width={190} portalProps={{ target: "#content" }}>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              aria-label={`What to do with ${stage.name}`}
            >
              <IconDots {...icon} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil {...icon} />} onClick={onEdit}>
              Edit
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowUp {...icon} />}
              disabled={first}
              onClick={() => onMove(-1)}
            >
              Move up
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowDown {...icon} />}
              disabled={last}
              onClick={() => onMove(1)}
            >
              Move down
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item color="red" leftSection={<IconTrash {...icon} />} onClick={onRemove}>
              Remove
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
