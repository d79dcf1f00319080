import { useMutation } from "convex/react";
import { useCallback } from "react";
import { toastError, toastUndo, withdrawUndo } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { moveOptimistically } from "./optimisticMove";
import type { Stage } from "./types";

/**
 * Moves a project to a stage: seen here at once, confirmed or taken back by the server, and with an
 * Undo, because a stage is easily hit by mistake.
 */
export function useMoveToStage() {
  const mutation = useMutation(api.projects.moveToStage);
  return useCallback(
    async (projectId: Id<"projects">, from: Stage | undefined, to: Stage): Promise<void> => {
      const move = mutation.withOptimisticUpdate(moveOptimistically);
      if (from?._id === to._id) return;
      withdrawUndo();
      try {
        await move({ projectId, stageId: to._id });
      } catch (thrown) {
        toastError(thrown);
        return;
      }
      if (!from) return;
      toastUndo(`Moved to “${to.name}”.`, () => {
        move({ projectId, stageId: from._id }).catch(toastError);
      });
    },
    [mutation],
  );
}
