import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";
import { filterHref, NO_FILTER, type ProjectsFilter } from "./projectsFilter";
import type { MemberName, Stage } from "./types";

/** A view that is kept under a name. */
export type SavedView = FunctionReturnType<typeof api.savedViews.list>[number];
export type SavedFilter = SavedView["filter"];

type Known = { stages: readonly Stage[]; members: readonly MemberName[] };

/** The page's filter as it is saved: only what it narrows, and no stage or person that the company does not have. */
export function savedFilterOf(filter: ProjectsFilter, { stages, members }: Known): SavedFilter {
  const narrowed = Object.fromEntries(
    Object.entries(filter).filter(
      ([name, value]) => value !== NO_FILTER[name as keyof ProjectsFilter],
    ),
  );
  const stage = stages.find(({ _id }) => _id === filter.stage)?._id;
  const owner = members.find(({ _id }) => _id === filter.owner)?._id;
  return { ...narrowed, stage, owner };
}

/** A saved filter as the page takes it. */
export function filterOf(saved: SavedFilter): ProjectsFilter {
  const given = Object.entries(saved).filter(([, value]) => value !== undefined);
  return { ...NO_FILTER, ...Object.fromEntries(given) };
}

/** The saved view that shows just this; one's own before a colleague's. */
export function matchingView(
  views: readonly SavedView[],
  filter: ProjectsFilter,
  known: Known,
): SavedView | undefined {
  const hrefOf = (each: ProjectsFilter) => filterHref(filterOf(savedFilterOf(each, known)));
  const wanted = hrefOf(filter);
  const matching = views.filter((view) => hrefOf(filterOf(view.filter)) === wanted);
  return matching.find(({ isOwn }) => isOwn) ?? matching[0];
}
