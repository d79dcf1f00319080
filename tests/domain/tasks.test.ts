import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../convex/_generated/api.js";
import type { Id } from "../../convex/_generated/dataModel.js";
import { openTaskCount } from "../../convex/model/tasks.ts";
import { tenantReader } from "../../convex/tenancy/rules.ts";
import { scopedReader } from "../../convex/tenancy/scopedDb.ts";
import { UNDO_MS, urgencyOf } from "../../lib/tasks.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "Date"], now: Date.UTC(2026, 10, 23) });
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  // Each begins with nothing to do.
  for (const { as, taskId } of [north, south]) {
    await as.mutation(api.tasks.setDone, { taskId, done: true });
  }
});
afterEach(() => vi.useRealTimers());

const page = { paginationOpts: { numItems: 200, cursor: null } };
type Whose = { whose: "mine" | "all"; state?: "open" | "done" };

const titles = async (who: TestTenant["as"], { whose, state = "open" }: Whose) =>
  (await who.query(api.tasks.list, { ...page, whose, state })).page.map(({ title }) => title);

const add = async (fields: { title?: string; dueDay?: string; assigneeId?: Id<"members"> }) =>
  await north.as.mutation(api.tasks.add, {
    projectId: north.projectId,
    title: "Order modules",
    ...fields,
  });

const row = async (taskId: Id<"tasks">) =>
  await t.run(async ({ db }) => await db.get("tasks", taskId));

const ofProject = async (state: "open" | "done" = "open") =>
  (await north.as.query(api.tasks.ofProject, { ...page, projectId: north.projectId, state })).page;

const openCount = async ({ tenantId, projectId }: TestTenant) =>
  await t.run(async ({ db }) => {
    const scope = { tenantId, memberId: null };
    return await openTaskCount(scopedReader(tenantReader(db, scope), scope), projectId);
  });

describe("the list of tasks", () => {
  it("shows what is due first, and what has no day last", async () => {
    await add({ title: "Some day" });
    await add({ title: "Next month", dueDay: "2026-12-20" });
    await add({ title: "Overdue", dueDay: "2026-11-01" });
    expect(await titles(north.as, { whose: "all" })).toEqual(["Overdue", "Next month", "Some day"]);
    expect(await titles(south.as, { whose: "all" })).toEqual([]);
  });

  it("shows each member their own, and only those of projects that are not archived", async () => {
    await add({ title: "For the viewer", assigneeId: north.viewerId });
    await add({ title: "For nobody" });
    const viewer = north.asRole("Viewer");
    expect(await titles(viewer, { whose: "mine" })).toEqual(["For the viewer"]);
    expect(await titles(north.as, { whose: "mine" })).toEqual([]);
    const { projectId } = north;
    await north.as.mutation(api.projects.archive, { projectId });
    expect(await titles(viewer, { whose: "mine" })).toEqual([]);
    expect(await titles(viewer, { whose: "all" })).toEqual([]);
    await expect(add({ title: "Too late" })).rejects.toThrow("An archived project takes no tasks");
    await north.as.mutation(api.projects.restore, { projectId });
    expect(await titles(viewer, { whose: "mine" })).toEqual(["For the viewer"]);
  });

  it("names a project as it is called now, however many tasks it has", async () => {
    await t.run(async ({ db }) => {
      const task = (await db.get("tasks", north.taskId))!;
      const { _id, _creationTime, ...fields } = task;
      for (let each = 0; each < 230; each += 1) {
        await db.insert("tasks", { ...fields, state: "open", title: `Task ${each}` });
      }
    });
    await north.as.mutation(api.projects.update, { projectId: north.projectId, name: "New name" });
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    const names = await t.run(async ({ db }) => await db.query("tasks").collect());
    const ours = names.filter(({ tenantId }) => tenantId === north.tenantId);
    expect(new Set(ours.map(({ projectName }) => projectName))).toEqual(new Set(["New name"]));
    expect(await row(south.taskId)).toMatchObject({ projectName: "Roof of south" });
  });
});

describe("whoever is given a task", () => {
  it("is told under the bell and by one mail, however often it changes hands", async () => {
    const { viewerId } = north;
    const taskId = await add({ dueDay: "2026-12-01", assigneeId: viewerId });
    await north.as.mutation(api.tasks.update, { taskId, assigneeId: null });
    await north.as.mutation(api.tasks.update, { taskId, assigneeId: viewerId });
    const told = await north.asRole("Viewer").query(api.notifications.list, page);
    expect(told.page).toMatchObject([
      { kind: "taskAssigned", by: "Ada north", about: "Roof of north", excerpt: "Order modules" },
      { kind: "taskAssigned" },
    ]);
    const mails = await t.run(async ({ db }) => await db.query("emails").collect());
    expect(mails.filter(({ to }) => to === "viewer@north.test")).toMatchObject([
      {
        message: {
          kind: "taskAssigned",
          data: { taskTitle: "Order modules", dueDay: "2026-12-01", companyName: "north Solar" },
        },
      },
    ]);
  });

  it("gets no mail when they turned it off, and none for their own doing", async () => {
    const choice = { choice: "taskAssigned", on: false } as const;
    await north.asRole("Viewer").mutation(api.notifications.setEmail, choice);
    await add({ assigneeId: north.viewerId });
    await add({ assigneeId: north.memberId });
    const mails = await t.run(async ({ db }) => await db.query("emails").collect());
    expect(mails.filter(({ message }) => message.kind === "taskAssigned")).toEqual([]);
  });

  it("must have access, and be of the company", async () => {
    const taskId = await add({});
    const before = await row(taskId);
    await north.as.mutation(api.members.deactivate, { memberId: north.viewerId });
    const give = async (assigneeId: Id<"members">) =>
      await north.as.mutation(api.tasks.update, { taskId, assigneeId });
    await expect(give(north.viewerId)).rejects.toThrow("Viewer has no access any more.");
    await expect(give(south.viewerId)).rejects.toThrow("NOT_FOUND");
    expect(await row(taskId)).toEqual(before);
  });

  it("may check it off without the right to change projects; others may not", async () => {
    const taskId = await add({ assigneeId: north.viewerId });
    const before = await row(taskId);
    await expect(
      north.asRole("Sales").mutation(api.tasks.setDone, { taskId, done: true }),
    ).rejects.toThrow("FORBIDDEN");
    expect(await row(taskId)).toEqual(before);
    await north.asRole("Viewer").mutation(api.tasks.setDone, { taskId, done: true });
    expect(await row(taskId)).toMatchObject({ state: "done", doneByName: "Viewer" });
  });

  it("keeps it when their access ends", async () => {
    const taskId = await add({ assigneeId: north.viewerId });
    await north.as.mutation(api.members.deactivate, { memberId: north.viewerId });
    expect(await ofProject()).toMatchObject([{ _id: taskId, assigneeId: north.viewerId }]);
  });
});

describe("a task", () => {
  it("is done and open again, once however often it is said, and a gate counts what is open", async () => {
    const taskId = await add({ dueDay: "2026-11-30" });
    const before = await row(taskId);
    expect(await openCount(north)).toBe(1);
    await north.as.mutation(api.tasks.setDone, { taskId, done: true });
    vi.setSystemTime(Date.now() + 60_000);
    await north.as.mutation(api.tasks.setDone, { taskId, done: true });
    expect(await openCount(north)).toBe(0);
    expect((await ofProject("done"))[0]).toMatchObject({ doneAt: Date.now() - 60_000 });
    await north.as.mutation(api.tasks.setDone, { taskId, done: false });
    expect(await row(taskId)).toEqual(before);
    const { page: lines } = await north.as.query(api.activity.ofProject, {
      ...page,
      projectId: north.projectId,
    });
    expect(lines.slice(0, 3).map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      "taskReopened Order modules",
      "taskDone Order modules",
      "taskAdded Order modules",
    ]);
  });

  it("that is removed can be brought back as it was for ten minutes, and is then gone", async () => {
    const taskId = await add({ dueDay: "2026-11-30" });
    const before = await row(taskId);
    await north.as.mutation(api.tasks.remove, { taskId });
    expect(await ofProject()).toEqual([]);
    await expect(north.as.mutation(api.tasks.setDone, { taskId, done: true })).rejects.toThrow(
      "was removed",
    );
    vi.setSystemTime(Date.now() + 1);
    await north.as.mutation(api.tasks.restore, { taskId });
    await north.as.mutation(api.tasks.restore, { taskId });
    expect(await row(taskId)).toEqual(before);

    // The first removal's job finds a task that is there again; the second one's ends it.
    await north.as.mutation(api.tasks.remove, { taskId });
    vi.advanceTimersByTime(UNDO_MS);
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    expect(await row(taskId)).toBeNull();
    expect(await row(south.taskId)).not.toBeNull();
  });

  it.each([
    ["", "Say what is to be done."],
    [" \u200b ", "Say what is to be done."],
    ["x".repeat(201), "A task can have at most 200 characters."],
  ])("cannot be called %j", async (title, message) => {
    await expect(add({ title })).rejects.toThrow(message);
    expect(await ofProject()).toEqual([]);
  });

  it.each(["2026-02-30", "tomorrow", "2026-1-1"])("cannot be due on %j", async (dueDay) => {
    await expect(add({ dueDay })).rejects.toThrow("Enter a day");
    const taskId = await add({ dueDay: "2026-11-30" });
    await expect(north.as.mutation(api.tasks.update, { taskId, dueDay })).rejects.toThrow(
      "Enter a day",
    );
    await north.as.mutation(api.tasks.update, { taskId, dueDay: "" });
    expect(await ofProject()).toMatchObject([{ title: "Order modules" }]);
    expect((await ofProject())[0]).not.toHaveProperty("dueDay");
  });
});

it("a task is overdue from the day after its day", () => {
  const today = "2026-11-23";
  expect(urgencyOf("2026-11-22", today)).toBe("overdue");
  expect(urgencyOf(today, today)).toBe("today");
  expect(urgencyOf("2026-11-24", today)).toBe("later");
  expect(urgencyOf(undefined, today)).toBe("later");
});
