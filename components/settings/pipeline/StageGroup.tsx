"use client";

import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from "@dnd-kit/core";
import {
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Panel } from "@/components/ui/Panel";
import { STAGE_CATEGORY_NAMES, type StageCategory } from "@/lib/stages";
import classes from "./PipelineSettings.module.css";
import { announcementsFor, INSTRUCTIONS } from "./announcements";
import { StageRow } from "./StageRow";
import type { EditableStage } from "./types";
import { useStageOrder } from "./useStageOrder";

type StageGroupProps = {
  category: StageCategory;
  stages: EditableStage[];
  allStages: EditableStage[];
  /** The pipeline takes no more stages. */
  full: boolean;
  onAdd: () => void;
  onEdit: (stage: EditableStage) => void;
  onRemove: (stage: EditableStage) => void;
};

/** One category's stages; they change places by mouse, by touch, by keyboard and by their menus. */
export function StageGroup(props: StageGroupProps) {
  const { category, stages, allStages, full, onAdd, onEdit, onRemove } = props;
  const move = useStageOrder();
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 160, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const placeOf = (id: unknown) => stages.findIndex(({ _id }) => _id === id);
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    const [from, to] = [placeOf(active.id), placeOf(over?.id)];
    const stage = stages[from];
    if (stage && to >= 0) void move(stage, from, to);
  };
  const name = STAGE_CATEGORY_NAMES[category];

  return (
    <Panel
      flush
      title={name}
      aside={
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} aria-hidden />}
          aria-label={`Add a stage to ${name}`}
          disabled={full}
          onClick={onAdd}
        >
          Add a stage
        </Button>
      }
    >
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        accessibility={{
          announcements: announcementsFor(stages),
          screenReaderInstructions: { draggable: INSTRUCTIONS },
        }}
        onDragEnd={onDragEnd}
      >
        <SortableContext
          items={stages.map(({ _id }) => _id)}
          strategy={verticalListSortingStrategy}
        >
          <ol className={classes.stages} data-stage-category={category}>
            {stages.map((stage, place) => (
              <StageRow
                key={stage._id}
                stage={stage}
                goal={allStages.find(({ _id }) => _id === stage.removal?.moveTo)}
                first={place === 0}
                last={place === stages.length - 1}
                onMove={(by) => void move(stage, place, place + by)}
                onEdit={() => onEdit(stage)}
                onRemove={() => onRemove(stage)}
              />
            ))}
          </ol>
        </SortableContext>
      </DndContext>
    </Panel>
  );
}
