import { useMutation } from "convex/react";
import { toastError } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import type { EditableStage } from "./types";

/**
 * Moves a stage within its category: seen here at once, and taken back with a sentence when
 * the server refuses, because somebody else has moved it meanwhile.
 */
export function useStageOrder() {
  const move = useMutation(api.pipelineStages.move).withOptimisticUpdate(
    (store, { stageId, from, to }) => {
      const shown = store.getQuery(api.pipelineStages.editable, {});
      const stage = shown?.find(({ _id }) => _id === stageId);
      if (!shown || !stage) return;
      const first = shown.findIndex(({ category }) => category === stage.category);
      const moved = shown.toSpliced(first + from, 1).toSpliced(first + to, 0, stage);
      store.setQuery(api.pipelineStages.editable, {}, moved);
    },
  );
  return async ({ _id: stageId }: EditableStage, from: number, to: number) => {
    if (from === to) return;
    try {
      await move({ stageId, from, to });
    } catch (thrown) {
      toastError(thrown);
    }
  };
}
