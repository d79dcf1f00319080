import type { Announcements, Over } from "@dnd-kit/core";
import type { EditableStage } from "./types";

export const INSTRUCTIONS =
  "To move this stage, press space or enter. Then use the up and down arrow keys to choose its place, space or enter to drop it there, or escape to leave it where it was.";

/** What a screen reader says while a stage is moved. */
export function announcementsFor(stages: EditableStage[]): Announcements {
  const name = (id: unknown) => stages.find(({ _id }) => _id === id)?.name ?? "The stage";
  const place = (over: Over | null) => {
    const index = stages.findIndex(({ _id }) => _id === over?.id);
    return index < 0 ? null : `place ${index + 1} of ${stages.length}`;
  };
  return {
    onDragStart: ({ active }) => `Picked up ${name(active.id)}.`,
    onDragOver: ({ active, over }) =>
      place(over) ? `${name(active.id)} is at ${place(over)}.` : undefined,
    onDragEnd: ({ active, over }) =>
      place(over)
        ? `${name(active.id)} was dropped at ${place(over)}.`
        : `${name(active.id)} was put back.`,
    onDragCancel: ({ active }) => `${name(active.id)} was put back.`,
  };
}
