import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { literals, nullable } from "convex-helpers/validators";
import { sunupError } from "../lib/errors";
import { memberIdOf } from "./model/audit";
import { requirePermission } from "./tenancy/member";
import { allTasks, tasksOfMember, tasksOfProject } from "./model/taskLists";
import { followProject as follow } from "./model/taskProjects";
import * as model from "./model/tasks";
import { taskState } from "./tables/tasks";
import {
  assistedMutation,
  backgroundMutation,
  tenantMutation,
  tenantQuery,
} from "./tenancy/functions";

const task = v.object({
  _id: v.id("tasks"),
  _creationTime: v.number(),
  projectId: v.id("projects"),
  projectName: v.string(),
  title: v.string(),
  dueDay: v.optional(v.string()),
  assigneeId: v.optional(v.id("members")),
  state: taskState,
  doneAt: v.optional(v.number()),
  doneByName: v.optional(v.string()),
});

const state = literals("open", "done");

/** A project's tasks: open ones by day, done ones the latest first. Needs projects.read. */
export const ofProject = tenantQuery({
  permission: "projects.read",
  args: { projectId: v.id("projects"), state, paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(task),
  handler: async ({ db }, { projectId, state, paginationOpts }) => {
    const result = await tasksOfProject(db, projectId, state, paginationOpts);
    return { ...result, page: result.page.map(model.shownTask) };
  },
});

/** My tasks, or everyone's, in projects that are not archived; what is overdue comes first. Needs projects.read. */
export const list = tenantQuery({
  permission: "projects.read",
  args: { whose: literals("mine", "all"), state, paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(task),
  handler: async ({ db, actor }, { whose, state, paginationOpts }) => {
    const memberId = memberIdOf(actor);
    // Staff in an entry have no tasks.
    if (whose === "mine" && memberId === undefined) throw sunupError("FORBIDDEN");
    const result =
      whose === "mine" && memberId !== undefined
        ? await tasksOfMember(db, memberId, state, paginationOpts)
        : await allTasks(db, state, paginationOpts);
    return { ...result, page: result.page.map(model.shownTask) };
  },
});

/** Adds a task to a project. Needs projects.write. Throws NOT_FOUND, INVALID, CONFLICT. */
export const add = tenantMutation({
  permission: "projects.write",
  args: {
    projectId: v.id("projects"),
    title: v.string(),
    dueDay: v.optional(v.string()),
    assigneeId: v.optional(v.id("members")),
  },
  returns: v.id("tasks"),
  handler: async (ctx, { projectId, ...form }) => await model.addTask(ctx, projectId, form),
});

/**
 * Changes a task: what is absent stays, an empty day and a null assignee are none. Needs
 * projects.write. Throws NOT_FOUND, INVALID, CONFLICT.
 */
export const update = assistedMutation({
  permission: "projects.write",
  args: {
    taskId: v.id("tasks"),
    title: v.optional(v.string()),
    dueDay: v.optional(v.string()),
    assigneeId: v.optional(nullable(v.id("members"))),
  },
  returns: v.null(),
  handler: async (ctx, { taskId, ...change }) => {
    await model.updateTask(ctx, taskId, change);
    return null;
  },
});

/**
 * Checks a task off or opens it again. Whoever it is assigned to may; for others' it needs
 * projects.write. Throws NOT_FOUND, FORBIDDEN, CONFLICT (removed).
 */
export const setDone = assistedMutation({
  permission: "projects.read",
  args: { taskId: v.id("tasks"), done: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { taskId, done }) => {
    const { assigneeId } = await ctx.db.getX("tasks", taskId);
    const isOwn = assigneeId !== undefined && assigneeId === memberIdOf(ctx.actor);
    if (!isOwn) requirePermission(ctx, "projects.write");
    await model.setDone(ctx, taskId, done, Date.now());
    return null;
  },
});

/** Removes a task; `restore` undoes it for ten minutes. Needs projects.write. Throws NOT_FOUND. */
export const remove = assistedMutation({
  permission: "projects.write",
  args: { taskId: v.id("tasks") },
  returns: v.null(),
  handler: async (ctx, { taskId }) => {
    await model.removeTask(ctx, taskId, Date.now());
    return null;
  },
});

/** Brings a removed task back. Needs projects.write. Throws NOT_FOUND. */
export const restore = assistedMutation({
  permission: "projects.write",
  args: { taskId: v.id("tasks") },
  returns: v.null(),
  handler: async (ctx, { taskId }) => {
    await model.restoreTask(ctx, taskId);
    return null;
  },
});

/** Deletes a removed task for good; scheduled by its removal. */
export const purge = backgroundMutation({
  args: { taskId: v.id("tasks"), removedAt: v.number() },
  returns: v.null(),
  handler: async (ctx, { taskId, removedAt }) => {
    await model.purgeTask(ctx, taskId, removedAt);
    return null;
  },
});

/** The next tasks that follow their project; scheduled by the batch before. */
export const followProject = backgroundMutation({
  args: { projectId: v.id("projects"), cursor: v.union(v.string(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { projectId, cursor }) => {
    await follow(ctx, projectId, cursor);
    return null;
  },
});
