import type { OptimisticLocalStore } from "convex/browser";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { showChanged } from "./showChanged";
import type { ProjectRow } from "./types";

type Move = { projectId: Id<"projects">; stageId: Id<"pipelineStages"> };

/**
 * Shows a move before the server has confirmed it: on the project's own page, in every list and
 * column, and in the stages' totals. Convex takes it back by itself when the server refuses.
 */
export function moveOptimistically(
  store: OptimisticLocalStore,
  { projectId, stageId }: Move,
): void {
  showChanged(store, projectId, { stageId });

  const lists = store.getAllQueries(api.projects.list);
  const project = lists
    .flatMap(({ value }) => value?.page ?? [])
    .find(({ _id }) => _id === projectId);
  if (!project || project.stageId === stageId) return;
  const moved: ProjectRow = {
    ...project,
    stageId,
    stageEnteredAt: Date.now(),
    stageDueAt: undefined,
  };

  for (const { args, value } of lists) {
    if (!value) continue;
    const holdsIt = value.page.some(({ _id }) => _id === projectId);
    const leaves = args.stageId !== undefined && args.stageId !== stageId;
    const isFirstPage = args.paginationOpts.cursor === null;
    const enters = args.stageId === stageId && isFirstPage && !args.archived && !holdsIt;
    if (holdsIt) {
      const page = leaves
        ? value.page.filter(({ _id }) => _id !== projectId)
        : value.page.map((each) => (each._id === projectId ? moved : each));
      store.setQuery(api.projects.list, args, { ...value, page });
    } else if (enters) {
      store.setQuery(api.projects.list, args, { ...value, page: [moved, ...value.page] });
    }
  }
  moveTotals(store, project, stageId);
}

function moveTotals(
  store: OptimisticLocalStore,
  project: ProjectRow,
  stageId: Id<"pipelineStages">,
): void {
  const totals = store.getQuery(api.pipelineStages.totals, {});
  if (!totals) return;
  const { systemSizeKw = 0, contractPriceCents = 0 } = project;
  const empty = { stageId, projects: 0, systemSizeKw: 0, contractPriceCents: 0 };
  const known = totals.some((each) => each.stageId === stageId) ? totals : [...totals, empty];
  const next = known.map((each) => {
    const sign = each.stageId === stageId ? 1 : each.stageId === project.stageId ? -1 : 0;
    return {
      ...each,
      projects: each.projects + sign,
      systemSizeKw: each.systemSizeKw + sign * systemSizeKw,
      contractPriceCents: each.contractPriceCents + sign * contractPriceCents,
    };
  });
  store.setQuery(api.pipelineStages.totals, {}, next);
}
