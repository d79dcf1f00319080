import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** What stands in a stage. */
export type StageTotal = FunctionReturnType<typeof api.pipelineStages.totals>[number];

/** What several stages hold together. */
export function sumOf(totals: Omit<StageTotal, "stageId">[]): Omit<StageTotal, "stageId"> {
  const sum = { projects: 0, systemSizeKw: 0, contractPriceCents: 0 };
  for (const total of totals) {
    sum.projects += total.projects;
    sum.systemSizeKw += total.systemSizeKw;
    sum.contractPriceCents += total.contractPriceCents;
  }
  return sum;
}
