import type { PaginationOptions, PaginationResult } from "convex/server";
import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedReader } from "../tenancy/scopedDb";

type State = "open" | "done";
type Page = Promise<PaginationResult<Doc<"tasks">>>;

/** Open tasks by their day, the earliest first; done ones by when they were done, the latest first. */
function orderOf(state: State): "asc" | "desc" {
  return state === "open" ? "asc" : "desc";
}

/** A project's tasks. */
export async function tasksOfProject(
  db: ScopedReader,
  projectId: Id<"projects">,
  state: State,
  page: PaginationOptions,
): Page {
  return await db
    .query("tasks")
    .withIndex("by_tenant_project", (q) => q.eq("projectId", projectId).eq("state", state))
    .order(orderOf(state))
    .paginate(page);
}

/** A member's tasks in projects that are not archived. */
export async function tasksOfMember(
  db: ScopedReader,
  assigneeId: Id<"members">,
  state: State,
  page: PaginationOptions,
): Page {
  return await db
    .query("tasks")
    .withIndex("by_tenant_assignee", (q) =>
      q.eq("archived", false).eq("assigneeId", assigneeId).eq("state", state),
    )
    .order(orderOf(state))
    .paginate(page);
}

/** The company's tasks in projects that are not archived. */
export async function allTasks(db: ScopedReader, state: State, page: PaginationOptions): Page {
  return await db
    .query("tasks")
    .withIndex("by_tenant_due", (q) => q.eq("archived", false).eq("state", state))
    .order(orderOf(state))
    .paginate(page);
}
