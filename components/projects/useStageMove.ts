import { useExclusive } from "@/components/ui/useExclusive";
import type { ProjectDetail, Stage } from "./types";
import { useMoveToStage } from "./useMoveToStage";

/** Moves the project of a page, one move at a time. */
export function useStageMove(project: ProjectDetail, current: Stage | undefined) {
  const { move, ...held } = useMoveToStage();
  const [start, moving] = useExclusive(
    async (stage: Stage) => await move(project._id, current, stage),
  );
  return { move: start, moving, ...held };
}
