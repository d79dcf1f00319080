import type { Stage } from "./types";

/** The stages that take projects: those that are being removed do not. */
export function openStages(stages: Stage[]): Stage[] {
  return stages.filter(({ removing }) => !removing);
}
