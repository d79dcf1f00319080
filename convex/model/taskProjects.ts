import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";

/** Tasks that one transaction changes. */
const BATCH = 100;

/**
 * Lets the tasks of a project follow its name and whether it is archived, batch by batch,
 * the first at once. Each batch reads the project as it then is, so two at the same time
 * come to the same end. Called by whatever renames, archives or restores one.
 */
export async function followProject(
  { db, schedule }: Pick<TenantWriteCtx, "db" | "schedule">,
  projectId: Id<"projects">,
  cursor: string | null = null,
): Promise<void> {
  const project = await db.get("projects", projectId);
  if (project === null) return;
  const { page, isDone, continueCursor } = await db
    .query("tasks")
    .withIndex("by_tenant_project", (q) => q.eq("projectId", projectId))
    .paginate({ numItems: BATCH, cursor });
  const { name: projectName, archived } = project;
  for (const task of page) {
    if (task.projectName === projectName && task.archived === archived) continue;
    await db.patch("tasks", task._id, { projectName, archived });
  }
  if (isDone) return;
  await schedule.after(0, internal.tasks.followProject, { projectId, cursor: continueCursor });
}
