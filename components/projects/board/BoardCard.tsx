"use client";

import {
  type DraggableAttributes,
  type DraggableSyntheticListeners,
  useDraggable,
} from "@dnd-kit/core";
import { IconGripVertical } from "@tabler/icons-react";
import { memo } from "react";
import { HoverPrefetchLink } from "@/components/ui/HoverPrefetchLink";
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

/**
 * A project on the board: the card opens it, its handle and its menu move it. Every card hears of
 * every drag, so what is costly to draw is drawn apart, and only when the project changes.
 */
export const BoardCard = memo(function BoardCard(props: BoardCardProps) {
  const { project, stage, members, now, allStages, movable, onMove } = props;
  const data: Dragged = { project, stage };
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, isDragging } = useDraggable({
    id: project._id,
    data,
    disabled: !movable,
  });
  const { onKeyDown: _, ...pointer } = listeners ?? {};
  return (
    <li
      ref={setNodeRef}
      className={classes.card}
      data-dragging={isDragging || undefined}
      {...pointer}
    >
      <CardFace project={project} stage={stage} members={members} now={now} linked />
      {movable && (
        <CardTools
          project={project}
          stage={stage}
          allStages={allStages}
          onMove={onMove}
          gripRef={setActivatorNodeRef}
          gripAttributes={attributes}
          listeners={listeners}
        />
      )}
    </li>
  );
});

type CardToolsProps = Pick<BoardCardProps, "project" | "stage" | "allStages" | "onMove"> & {
  gripRef: (element: HTMLElement | null) => void;
  gripAttributes: DraggableAttributes;
  listeners: DraggableSyntheticListeners;
};

const CardTools = memo(function CardTools(props: CardToolsProps) {
  const { project, stage, allStages, onMove, gripRef, gripAttributes, listeners } = props;
  return (
    <div className={classes.tools}>
      <button
        type="button"
        ref={gripRef}
        className={`${classes.tool} ${classes.grip}`}
        {...gripAttributes}
        aria-label={`Move ${project.name} with the keyboard`}
        onKeyDown={(event) => listeners?.onKeyDown?.(event)}
      >
        <IconGripVertical size={16} aria-hidden />
      </button>
      <MoveMenu
        name={project.name}
        stages={allStages}
        stageId={stage._id}
        onMove={(to) => void onMove(project._id, stage, to)}
      />
    </div>
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
export const CardFace = memo(function CardFace({
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
        <HoverPrefetchLink
          href={`/projects/${project._id}`}
          className={classes.title}
          draggable={false}
        >
          <bdi>{project.name}</bdi>
        </HoverPrefetchLink>
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
});
