import { pick } from "convex-helpers";
import { sunupError } from "../../lib/errors";
import { taskForm, UNDO_MS } from "../../lib/tasks";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { AssistedCtx, MemberCtx, TenantWriteCtx } from "../tenancy/functions";
import type { ScopedReader } from "../tenancy/scopedDb";
import { activeMemberX } from "./activeMembers";
import { recordActivity } from "./activity";
import { actorName, actorOf, changesBetween, memberIdOf } from "./audit";
import { parseOrInvalid } from "./invalid";
import { notify } from "./notify";

type Task = Doc<"tasks">;
type Ctx = Pick<AssistedCtx, "db" | "schedule" | "actor" | "tenant">;

/** A change of a task: what is absent stays; an empty day and a null assignee are none. */
export type TaskChange = {
  title?: string;
  dueDay?: string;
  assigneeId?: Id<"members"> | null;
};

/** Stands behind every day: tasks without one come last. */
const NO_DAY = "~";

/** A task as lists show it. */
export function shownTask(task: Task) {
  return pick(task, [
    ...(["_id", "_creationTime", "projectId", "projectName", "title"] as const),
    ...(["dueDay", "assigneeId", "state", "doneAt", "doneByName"] as const),
  ]);
}

/** Adds a task. Throws NOT_FOUND, INVALID, CONFLICT (archived project; assignee without access). */
export async function addTask(
  ctx: Ctx & Pick<MemberCtx, "member">,
  projectId: Id<"projects">,
  { assigneeId, ...form }: { title: string; dueDay?: string; assigneeId?: Id<"members"> },
): Promise<Id<"tasks">> {
  const { db, member } = ctx;
  const project = await db.getX("projects", projectId);
  const { title, dueDay } = parseOrInvalid(taskForm, form);
  if (project.archived) {
    throw sunupError("CONFLICT", {
      message: "An archived project takes no tasks. Restore it first.",
    });
  }
  if (assigneeId !== undefined) await activeMemberX(db, assigneeId);
  const fields = { title, dueDay: dueDay || undefined, assigneeId };
  const taskId = await db.insert("tasks", {
    ...fields,
    projectId,
    projectName: project.name,
    archived: false,
    state: "open",
    sortKey: fields.dueDay ?? NO_DAY,
    createdBy: member._id,
  });
  const actor = actorOf(member);
  await recordActivity(db, { project, kind: "taskAdded", actor, subject: title });
  await tellAssignee(ctx, { _id: taskId, projectName: project.name, projectId, ...fields });
  return taskId;
}

/** Changes title, day or assignee. Throws NOT_FOUND, INVALID, CONFLICT (removed; assignee without access). */
export async function updateTask(ctx: Ctx, taskId: Id<"tasks">, change: TaskChange): Promise<void> {
  const { db, actor } = ctx;
  const task = await presentTaskX(db, taskId);
  const form = parseOrInvalid(taskForm.partial(), pick(change, ["title", "dueDay"]));
  const after = {
    title: form.title ?? task.title,
    dueDay: form.dueDay === undefined ? task.dueDay : form.dueDay || undefined,
    assigneeId:
      change.assigneeId === undefined ? task.assigneeId : (change.assigneeId ?? undefined),
  };
  const isNew = after.assigneeId !== undefined && after.assigneeId !== task.assigneeId;
  if (isNew) await activeMemberX(db, after.assigneeId!);
  const changes = changesBetween(await readable(db, task), await readable(db, after));
  if (changes.length === 0) return;
  const sortKey = task.state === "open" ? (after.dueDay ?? NO_DAY) : task.sortKey;
  await db.patch("tasks", taskId, { ...after, sortKey });
  await recordActivity(db, {
    project: projectOf(task),
    kind: "changed",
    actor,
    subject: `task “${task.title}”`,
    changes,
  });
  if (isNew) await tellAssignee(ctx, { ...task, ...after });
}

/** Checks a task off, or opens it again; twice changes nothing. Throws NOT_FOUND, CONFLICT (removed). */
export async function setDone(
  { db, actor }: Pick<Ctx, "db" | "actor">,
  taskId: Id<"tasks">,
  done: boolean,
  now: number,
): Promise<void> {
  const task = await presentTaskX(db, taskId);
  if ((task.state === "done") === done) return;
  await db.patch(
    "tasks",
    taskId,
    done
      ? {
          state: "done",
          sortKey: new Date(now).toISOString(),
          doneAt: now,
          doneBy: memberIdOf(actor),
          doneByName: actorName(actor),
        }
      : { ...OPEN, sortKey: task.dueDay ?? NO_DAY },
  );
  const kind = done ? "taskDone" : "taskReopened";
  await recordActivity(db, { project: projectOf(task), kind, actor, subject: task.title });
}

const OPEN = {
  state: "open",
  doneAt: undefined,
  doneBy: undefined,
  doneByName: undefined,
} as const;

/** Removes a task; for UNDO_MS it can be restored. Twice changes nothing. Throws NOT_FOUND. */
export async function removeTask(
  { db, actor, schedule }: Ctx,
  taskId: Id<"tasks">,
  now: number,
): Promise<void> {
  const task = await db.getX("tasks", taskId);
  if (task.state === "removed") return;
  await db.patch("tasks", taskId, { state: "removed", removedAt: now });
  await schedule.after(UNDO_MS, internal.tasks.purge, { taskId, removedAt: now });
  const project = projectOf(task);
  await recordActivity(db, { project, kind: "taskRemoved", actor, subject: task.title });
}

/** Brings a removed task back as it was; one that is not removed stays. Throws NOT_FOUND. */
export async function restoreTask(
  { db, actor }: Pick<Ctx, "db" | "actor">,
  taskId: Id<"tasks">,
): Promise<void> {
  const task = await db.getX("tasks", taskId);
  if (task.state !== "removed") return;
  const state = task.doneAt === undefined ? "open" : "done";
  await db.patch("tasks", taskId, { state, removedAt: undefined });
  const project = projectOf(task);
  await recordActivity(db, { project, kind: "taskRestored", actor, subject: task.title });
}

/** Deletes a task for good that was removed at `removedAt` and not restored since. */
export async function purgeTask(
  { db }: Pick<TenantWriteCtx, "db">,
  taskId: Id<"tasks">,
  removedAt: number,
): Promise<void> {
  const task = await db.get("tasks", taskId);
  if (task?.removedAt === removedAt) await db.delete("tasks", taskId);
}

/** Most open tasks that a count reads. */
export const MAX_COUNTED_TASKS = 10;

/** How many tasks of a project are open; MAX_COUNTED_TASKS stands for that many or more. For stage gates. */
export async function openTaskCount(db: ScopedReader, projectId: Id<"projects">): Promise<number> {
  const open = await db
    .query("tasks")
    .withIndex("by_tenant_project", (q) => q.eq("projectId", projectId).eq("state", "open"))
    .take(MAX_COUNTED_TASKS);
  return open.length;
}

/** The task, unless it is removed. Throws NOT_FOUND, CONFLICT. */
async function presentTaskX(db: ScopedReader, taskId: Id<"tasks">): Promise<Task> {
  const task = await db.getX("tasks", taskId);
  if (task.state !== "removed") return task;
  throw sunupError("CONFLICT", { message: `The task “${task.title}” was removed.` });
}

async function tellAssignee(
  ctx: Ctx,
  {
    _id,
    projectId,
    projectName,
    title,
    dueDay,
    assigneeId,
  }: Pick<Task, "_id" | "projectId" | "projectName" | "title" | "dueDay" | "assigneeId">,
): Promise<void> {
  await notify(ctx, ctx.actor, assigneeId === undefined ? [] : [assigneeId], {
    kind: "taskAssigned",
    key: _id,
    about: projectName,
    excerpt: title,
    subject: { projectId },
    ...(dueDay === undefined ? {} : { dueDay }),
  });
}

async function readable(
  db: ScopedReader,
  { title, dueDay, assigneeId }: Pick<Task, "title" | "dueDay" | "assigneeId">,
) {
  const assignee = assigneeId && (await db.get("members", assigneeId))?.name;
  return { taskTitle: title, dueDay, assignee };
}

function projectOf({ projectId, projectName }: Task) {
  return { _id: projectId, name: projectName };
}
