import { useMutation } from "convex/react";
import { toastError, toastUndo } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import type { ProjectDetail, Stage } from "./types";

/**
 * Moves a project to a stage: seen here at once, confirmed or taken back by the server, and with an
 * Undo, because a stage is easily clicked by mistake.
 */
export function useStageMove(project: ProjectDetail, current: Stage | undefined) {
  const moveToStage = useMutation(api.projects.moveToStage).withOptimisticUpdate(
    (store, { projectId, stageId }) => {
      const shown = store.getQuery(api.projects.get, { projectId });
      if (shown) store.setQuery(api.projects.get, { projectId }, { ...shown, stageId });
    },
  );
  return useExclusive(async (stage: Stage) => {
    if (stage._id === project.stageId) return;
    try {
      await moveToStage({ projectId: project._id, stageId: stage._id });
    } catch (thrown) {
      toastError(thrown);
      return;
    }
    if (!current) return;
    toastUndo(`Moved to “${stage.name}”.`, () => {
      moveToStage({ projectId: project._id, stageId: current._id }).catch(toastError);
    });
  });
}
