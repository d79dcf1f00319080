"use client";

import { useDraggable } from "@dnd-kit/core";
import { ActionIcon } from "@mantine/core";
import { IconGripVertical } from "@tabler/icons-react";
import Link from "next/link";
import { memo } from "react";
import { formatCents, formatKw, formatProjectNumber } from "@/lib/format";
import { DaysInStage } from "../DaysInStage";
import type { MemberName, ProjectRow, Stage } from "../types";
import type { MoveToStage } from "../useMoveToStage";
import type { Dragged } from "./Board";
import classes from "./Board.module.css";
import { MoveMenu } from "./MoveMenu";

type BoardCardProps = CardFaceProps & {
  allStages: Stage[];
  movable: boolean;
  onMove: MoveToStage;
};

/** A project on the board: the card opens it, its handle and its menu move it. */
export const BoardCard = memo(function BoardCard(props: BoardCardProps) {
  const { project, stage, members, now, allStages, movable, onMove } = props;
  const data: Dragged = { project, stage };
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, isDragging } = useDraggable({
    id: project._id,
    data,
    disabled: !movable,
  });
  const { onKeyDown, ...pointer } = listeners ?? {};
  return (
    <li
      ref={setNodeRef}
      className={classes.card}
      data-dragging={isDragging || undefined}
      {...pointer}
    >
      <CardFace project={project} stage={stage} members={members} now={now} linked />
      {movable && (
        <div className={classes.tools}>
          <ActionIcon
            ref={setActivatorNodeRef}
            variant="subtle"
            color="gray"
            size={28}
            className={classes.grip}
            {...attributes}
            aria-label={`Move ${project.name} with the keyboard`}
            onKeyDown={(event) => onKeyDown?.(event)}
          >
            <IconGripVertical size={16} aria-hidden />
          </ActionIcon>
          <MoveMenu
            name={project.name}
            stages={allStages}
            stageId={stage._id}
            onMove={(to) => void onMove(project._id, stage, to)}
          />
        </div>
      )}
    </li>
  );
});

type CardFaceProps = {
  project: ProjectRow;
  stage: Stage;
  members: MemberName[];
  /** Milliseconds. */
  now: number;
};

/** What a card shows. */
export function CardFace({
  project,
  stage,
  members,
  now,
  linked,
}: CardFaceProps & { linked?: true }) {
  const owner = members.find(({ _id }) => _id === project.ownerId)?.name;
  return (
    <>
      {linked ? (
        <Link href={`/projects/${project._id}`} className={classes.title} draggable={false}>
          <bdi>{project.name}</bdi>
        </Link>
      ) : (
        <span className={classes.title}>
          <bdi>{project.name}</bdi>
        </span>
      )}
      <span className={classes.customer}>
        <bdi>{project.customerName}</bdi>
      </span>
      <span className={classes.figures}>
        <span>{formatProjectNumber(project.number)}</span>
        {project.systemSizeKw !== undefined && <span>{formatKw(project.systemSizeKw)}</span>}
        {project.contractPriceCents !== undefined && (
          <span>{formatCents(project.contractPriceCents)}</span>
        )}
      </span>
      <span className={classes.foot}>
        <DaysInStage project={project} stage={stage} now={now} />
        {owner && (
          <bdi className={classes.owner} title={`Owner: ${owner}`}>
            {owner}
          </bdi>
        )}
      </span>
    </>
  );
}
