import type { OptimisticLocalStore } from "convex/browser";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import type { Task } from "./types";

/**
 * Shows a change of a task in every open list before the server has confirmed it; null takes it
 * out. It keeps its place until the server answers, so that nothing jumps away under the pointer.
 */
export function showTask(
  store: OptimisticLocalStore,
  taskId: Id<"tasks">,
  change: Partial<Task> | null,
): void {
  const changed = (page: Task[]) =>
    page.flatMap((task) => {
      if (task._id !== taskId) return [task];
      return change === null ? [] : [{ ...task, ...change }];
    });
  for (const { args, value } of store.getAllQueries(api.tasks.list)) {
    if (value) store.setQuery(api.tasks.list, args, { ...value, page: changed(value.page) });
  }
  for (const { args, value } of store.getAllQueries(api.tasks.ofProject)) {
    if (value) store.setQuery(api.tasks.ofProject, args, { ...value, page: changed(value.page) });
  }
}
