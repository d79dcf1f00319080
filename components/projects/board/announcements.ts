import type { Active, Announcements, Over } from "@dnd-kit/core";
import type { Stage } from "../types";
import type { Dragged } from "./Board";

export const INSTRUCTIONS =
  "To move this project, press space or enter. Then use the left and right arrow keys to choose a stage, space or enter to drop it there, or escape to leave it where it was.";

/** What a screen reader says while a card is moved. */
export function announcementsFor(stages: Stage[]): Announcements {
  const card = (active: Active) => (active.data.current as Dragged | undefined)?.project.name ?? "";
  const column = (over: Over | null) => stages.find(({ _id }) => _id === over?.id)?.name;
  return {
    onDragStart: ({ active }) => `Picked up ${card(active)}.`,
    onDragOver: ({ active, over }) =>
      column(over) && `${card(active)} is over the stage ${column(over)}.`,
    onDragEnd: ({ active, over }) =>
      column(over)
        ? `${card(active)} was dropped in the stage ${column(over)}.`
        : `${card(active)} was put back.`,
    onDragCancel: ({ active }) => `${card(active)} was put back.`,
  };
}
