import type { OptimisticLocalStore } from "convex/browser";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import type { ProjectDetail } from "./types";

/** Shows a change on the project's own page, if it is open, before the server has confirmed it. */
export function showChanged(
  store: OptimisticLocalStore,
  projectId: Id<"projects">,
  change: Partial<ProjectDetail>,
): void {
  const shown = store.getQuery(api.projects.get, { projectId });
  if (shown) store.setQuery(api.projects.get, { projectId }, { ...shown, ...change });
}
