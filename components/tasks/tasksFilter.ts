/** What the page of tasks shows, kept in its address. */
export type TasksFilter = { whose: "mine" | "all"; state: "open" | "done" };

/** The filter in an address's search part. Anything unknown there is ignored. */
export function tasksFilterFrom(search: URLSearchParams): TasksFilter {
  return {
    whose: search.get("whose") === "all" ? "all" : "mine",
    state: search.get("state") === "done" ? "done" : "open",
  };
}

/** The address of the page with this filter. */
export function tasksHref({ whose, state }: TasksFilter): string {
  const search = new URLSearchParams();
  if (whose === "all") search.set("whose", whose);
  if (state === "done") search.set("state", state);
  const query = search.toString();
  return query === "" ? "/tasks" : `/tasks?${query}`;
}
