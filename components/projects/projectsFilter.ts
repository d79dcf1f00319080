import { addDays } from "@/lib/calendarDay";
import { momentOf } from "@/lib/zonedTime";
import {
  FINANCING,
  type Financing,
  PROJECT_SORTS,
  PROJECT_VIEWS,
  type ProjectSort,
} from "@/lib/projects";
import { searchWords } from "@/lib/search";
import { STAGE_CATEGORIES, type StageCategory } from "@/lib/stages";

export type ProjectsView = (typeof PROJECT_VIEWS)[number];

/** What the projects page shows, kept in the address so that it can be shared and survives a reload. */
export type ProjectsFilter = {
  view: ProjectsView | null;
  /** What is looked for. */
  q: string | null;
  stage: string | null;
  category: StageCategory | null;
  owner: string | null;
  financing: Financing | null;
  /** Days of creation, "2026-11-23", both included. */
  from: string | null;
  to: string | null;
  archived: boolean;
  sort: ProjectSort;
  /** True for the order that is not the sort's usual one. */
  reversed: boolean;
};

export const NO_FILTER: ProjectsFilter = {
  view: null,
  q: null,
  stage: null,
  category: null,
  owner: null,
  financing: null,
  from: null,
  to: null,
  archived: false,
  sort: "created",
  reversed: false,
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The filter in an address's search part. Anything unknown there is ignored. */
export function filterFrom(search: URLSearchParams): ProjectsFilter {
  const oneOf = <Value extends string>(name: string, values: readonly Value[]) =>
    values.find((value) => value === search.get(name)) ?? null;
  const day = (name: string) => {
    const text = search.get(name) ?? "";
    return DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
  };
  return {
    view: oneOf("view", PROJECT_VIEWS),
    q: searchWords(search.get("q") ?? "") || null,
    stage: search.get("stage") || null,
    category: oneOf("category", STAGE_CATEGORIES),
    owner: search.get("owner") || null,
    financing: oneOf("financing", FINANCING),
    from: day("from"),
    to: day("to"),
    archived: search.get("archived") === "1",
    sort: oneOf("sort", PROJECT_SORTS) ?? "created",
    reversed: search.get("reversed") === "1",
  };
}

/** The address of the page with this filter. */
export function filterHref(filter: Partial<ProjectsFilter>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...NO_FILTER, ...filter })) {
    if (value === NO_FILTER[name as keyof ProjectsFilter]) continue;
    search.set(name, value === true ? "1" : String(value));
  }
  const query = search.toString();
  return query === "" ? "/projects" : `/projects?${query}`;
}

/** Whether the filter leaves anything out, apart from archived projects. */
export function narrows(filter: ProjectsFilter): boolean {
  const { q, stage, category, owner, financing, from, to } = filter;
  return [q, stage, category, owner, financing, from, to].some((each) => each !== null);
}

/** Names and texts read best from A; figures and days from the highest or latest. */
export function directionOf({ sort, reversed }: Pick<ProjectsFilter, "sort" | "reversed">) {
  const usual = sort === "name" || sort === "entered" ? "asc" : "desc";
  return reversed === (usual === "asc") ? "desc" : "asc";
}

/**
 * The filter as `projects.list` takes it, its days as those of the company's time zone. Ids that
 * are none of the company's are left out.
 */
export function queryOf<StageId extends string, MemberId extends string>(
  filter: ProjectsFilter,
  known: { stageId: StageId | undefined; ownerId: MemberId | undefined },
  timeZone: string,
) {
  const { q, from, to, category, financing, archived, sort } = filter;
  return {
    ...known,
    words: q ?? undefined,
    archived,
    sort,
    direction: directionOf(filter),
    category: category ?? undefined,
    financing: financing ?? undefined,
    createdFrom: from === null ? undefined : momentOf(from, "00:00", timeZone),
    createdBefore: to === null ? undefined : momentOf(addDays(to, 1), "00:00", timeZone),
  } as const;
}
