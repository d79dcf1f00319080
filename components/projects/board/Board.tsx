"use client";

import {
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  rectIntersection,
  type CollisionDetection,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { useState } from "react";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { useMoveToStage } from "../useMoveToStage";
import { GateDialog } from "../gates/lazyGateDialog";
import type { MemberName, ProjectRow, ProjectsQuery, Stage } from "../types";
import { announcementsFor, INSTRUCTIONS } from "./announcements";
import classes from "./Board.module.css";
import { CardFace } from "./BoardCard";
import { BoardColumn } from "./BoardColumn";
import { toNeighbourColumn } from "./toNeighbourColumn";

type BoardProps = {
  /** The columns to show. */
  stages: Stage[];
  /** Every stage: where a card may go by its menu. */
  allStages: Stage[];
  members: MemberName[];
  query: ProjectsQuery;
};

/** What travels with a dragged card. */
export type Dragged = { project: ProjectRow; stage: Stage };

/**
 * The pipeline as columns. A card moves by mouse, by touch (hold it a moment), by keyboard and by
 * its menu; others see it at once, and a refused move goes back with a sentence why.
 */
export function Board({ stages, allStages, members, query }: BoardProps) {
  const { can } = useMember();
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const [now] = useState(() => Date.now());
  const { move, blocked, dismiss } = useMoveToStage();
  const totals = useLiveQuery(api.pipelineStages.totals, {});
  const totalOf = new Map(
    (totals.status === "ready" ? totals.data : []).map((each) => [each.stageId, each]),
  );
  const sensors = useSensors(
    // A short way first, so that a click still opens the card; on touch, a moment, so that one can scroll.
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: toNeighbourColumn }),
  );

  const onDragStart = ({ active }: DragStartEvent) =>
    setDragged((active.data.current as Dragged | undefined) ?? null);
  const onDragEnd = ({ over }: DragEndEvent) => {
    const target = stages.find(({ _id }) => _id === over?.id);
    if (dragged && target) void move(dragged.project._id, dragged.stage, target);
    setDragged(null);
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={underPointerOrCard}
      accessibility={{
        announcements: announcementsFor(stages),
        screenReaderInstructions: { draggable: INSTRUCTIONS },
      }}
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
      onDragCancel={() => setDragged(null)}
    >
      <div className={classes.board} role="list" aria-label="Pipeline" tabIndex={0}>
        {stages.map((stage) => (
          <BoardColumn
            key={stage._id}
            stage={stage}
            allStages={allStages}
            members={members}
            query={query}
            total={totalOf.get(stage._id)}
            movable={can("projects.write")}
            now={now}
            onMove={move}
          />
        ))}
      </div>
      {blocked && <GateDialog key={blocked.projectId} blocked={blocked} onClose={dismiss} />}
      <DragOverlay dropAnimation={null}>
        {dragged && (
          <div className={classes.lifted}>
            <CardFace {...dragged} members={members} now={now} />
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}

/** The column under the pointer; by keyboard there is none, and the card's own place counts. */
const underPointerOrCard: CollisionDetection = (args) => {
  const under = pointerWithin(args);
  return under.length > 0 ? under : rectIntersection(args);
};
