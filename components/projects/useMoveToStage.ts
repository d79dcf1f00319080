import { useMutation } from "convex/react";
import { useCallback, useState } from "react";
import { toastError, toastUndo, withdrawUndo } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { errorData } from "@/lib/errors";
import type { MissingEvidence } from "@/lib/gates";
import { moveOptimistically } from "./optimisticMove";
import type { Stage } from "./types";

export type MoveToStage = (
  projectId: Id<"projects">,
  from: Stage | undefined,
  to: Stage,
) => Promise<void>;

/** A move that a stage's gate held back. */
export type BlockedMove = {
  projectId: Id<"projects">;
  to: Stage;
  message: string;
  missing: MissingEvidence[];
};

/**
 * Moves a project to a stage: seen here at once, confirmed or taken back by the server, and with an
 * Undo, because a stage is easily hit by mistake. `blocked` is the move that a gate held back, for
 * the dialog that says what is missing.
 */
export function useMoveToStage() {
  const mutation = useMutation(api.projects.moveToStage);
  const [blocked, setBlocked] = useState<BlockedMove | null>(null);
  const move: MoveToStage = useCallback(
    async (projectId, from, to) => {
      const send = mutation.withOptimisticUpdate(moveOptimistically);
      if (from?._id === to._id) return;
      withdrawUndo();
      try {
        await send({ projectId, stageId: to._id });
      } catch (thrown) {
        const data = errorData(thrown);
        if (data?.missing) {
          setBlocked({ projectId, to, message: data.message, missing: data.missing });
        } else {
          toastError(thrown);
        }
        return;
      }
      if (!from) return;
      toastUndo(`Moved to “${to.name}”.`, () => {
        send({ projectId, stageId: from._id }).catch(toastError);
      });
    },
    [mutation],
  );
  const dismiss = useCallback(() => setBlocked(null), []);
  return { move, blocked, dismiss };
}
