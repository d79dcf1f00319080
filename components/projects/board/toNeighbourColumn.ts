import type { KeyboardCoordinateGetter } from "@dnd-kit/core";

/** With the keyboard, a card jumps from column to column: left and right, and no other way. */
export const toNeighbourColumn: KeyboardCoordinateGetter = (event, { context }) => {
  const step = event.code === "ArrowRight" ? 1 : event.code === "ArrowLeft" ? -1 : 0;
  if (step === 0) return undefined;
  event.preventDefault();
  const columns = [...context.droppableRects.entries()].sort((a, b) => a[1].left - b[1].left);
  const here = columns.findIndex(([id]) => id === context.over?.id);
  const target = columns[here + step]?.[1];
  if (!target) return undefined;
  context.droppableContainers
    .get(columns[here + step]![0])
    ?.node.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  return { x: target.left + 8, y: target.top + 48 };
};
