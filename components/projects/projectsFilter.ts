/** What the list shows, kept in the address so that it can be shared and survives a reload. */
export type ProjectsFilter = { stage: string | null; archived: boolean };

/** The filter in an address's search part. Anything unknown there is ignored. */
export function filterFrom(search: URLSearchParams): ProjectsFilter {
  return { stage: search.get("stage") || null, archived: search.get("archived") === "1" };
}

/** The address of the list with this filter. */
export function filterHref({ stage, archived }: ProjectsFilter): string {
  const search = new URLSearchParams();
  if (stage !== null) search.set("stage", stage);
  if (archived) search.set("archived", "1");
  const query = search.toString();
  return query === "" ? "/projects" : `/projects?${query}`;
}
