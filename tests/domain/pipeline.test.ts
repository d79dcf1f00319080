import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../convex/_generated/api.js";
import type { Doc, Id } from "../../convex/_generated/dataModel.js";
import { TENANT_TABLES } from "../../convex/tenancy/tables.ts";
import { errorData } from "../../lib/errors.ts";
import type { StageRequirement } from "../../lib/gates.ts";
import { MAX_STAGES, type StageCategory } from "../../lib/stages.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant, worldOf } from "../support/tenant.ts";

/** Uploads end by themselves when the clock moves on. */
const WATCHED = TENANT_TABLES.filter((table) => table !== "fileUploads");

const NO_GATE: StageRequirement[] = [];

let t: Backend;
let north: TestTenant;
let southBefore: string;
let south: TestTenant;

beforeEach(async () => {
  vi.useFakeTimers();
  t = backend();
  north = await signUp(t, "north", "starter");
  south = await signUp(t, "south", "starter");
  southBefore = await worldOf(t, south.tenantId, WATCHED);
});
afterEach(async () => {
  expect(await worldOf(t, south.tenantId, WATCHED)).toBe(southBefore);
  vi.useRealTimers();
});

const stages = () => north.as.query(api.pipelineStages.editable, {});
const names = async () => (await north.as.query(api.pipelineStages.list, {})).map((s) => s.name);
const stage = async (name: string) => (await stages()).find((each) => each.name === name)!;
const finish = () => t.finishAllScheduledFunctions(vi.runAllTimers);

async function update(
  name: string,
  change: Partial<{ name: string; category: StageCategory; targetDays: number }>,
) {
  const { _id: stageId, revision, ...rest } = await stage(name);
  const { name: oldName, category, targetDays, gate } = rest;
  const fields = { name: oldName, category, targetDays, gate };
  return await north.as.mutation(api.pipelineStages.update, {
    stageId,
    revision,
    ...fields,
    ...change,
  });
}

async function remove(name: string, to: string | null) {
  const { _id: stageId, revision } = await stage(name);
  const moveTo = to === null ? null : (await stage(to))._id;
  return await north.as.mutation(api.pipelineStages.remove, { stageId, revision, moveTo });
}

const add = (name: string, category: StageCategory = "design", targetDays = 5) =>
  north.as.mutation(api.pipelineStages.add, { name, category, targetDays, gate: NO_GATE });

async function refusal(call: Promise<unknown>) {
  return await call.then(
    () => null,
    (thrown: unknown) => errorData(thrown),
  );
}

/** So many projects in a stage, every third archived, as they would have come. */
async function fill(name: string, count: number): Promise<void> {
  const { _id: stageId } = await stage(name);
  await t.run(async ({ db }) => {
    const like = (await db.get("projects", north.projectId))!;
    const target = (await db.get("pipelineStages", stageId))!;
    const { _id, _creationTime, ...fields } = like;
    for (let n = 0; n < count; n++) {
      const archived = n % 3 === 0;
      const place = { stageId, category: target.category };
      await db.insert("projects", { ...fields, ...place, number: n + 2, archived });
    }
    const total = { projects: Math.floor((count * 2) / 3), systemSizeKw: 0, contractPriceCents: 0 };
    const known = await db
      .query("stageTotals")
      .withIndex("by_tenant_stage", (q) => q.eq("tenantId", north.tenantId).eq("stageId", stageId))
      .unique();
    if (known)
      await db.patch("stageTotals", known._id, { projects: total.projects + known.projects });
    else await db.insert("stageTotals", { tenantId: north.tenantId, stageId, ...total });
  });
}

async function projectsIn(stageId: Id<"pipelineStages">): Promise<Doc<"projects">[]> {
  const all = await t.run(({ db }) => db.query("projects").collect());
  return all.filter((project) => project.stageId === stageId);
}

describe("stages", () => {
  it("are added at the end of their category, and everybody in the company has them at once", async () => {
    await add("Structural review");
    expect((await names()).slice(0, 5)).toEqual([
      "Contract signed",
      "Site survey",
      "Design",
      "Structural review",
      "Permitting",
    ]);
    const orders = (await north.as.query(api.pipelineStages.list, {})).map(({ order }) => order);
    expect(orders).toEqual(orders.map((_, place) => place));
  });

  it("are changed, and the audit trail says how", async () => {
    await update("Design", { name: "Engineering", targetDays: 9 });
    expect(await stage("Engineering")).toMatchObject({ revision: 1, changedByName: "Ada north" });
    const lines = await t.run(({ db }) => db.query("auditLog").collect());
    expect(lines.at(-1)).toMatchObject({
      action: "stages.changed",
      subject: "Design",
      changes: [
        { field: "name", before: "Design", after: "Engineering" },
        { field: "targetDays", before: "7", after: "9" },
      ],
    });
  });

  it("are not overwritten by who started from an older state", async () => {
    const { _id: stageId, revision } = await stage("Design");
    await update("Design", { targetDays: 9 });
    const mine = { name: "Mine", category: "design", targetDays: 1, gate: NO_GATE } as const;
    expect(
      await refusal(north.as.mutation(api.pipelineStages.update, { stageId, revision, ...mine })),
    ).toMatchObject({ code: "STALE" });
    expect(
      await refusal(
        north.as.mutation(api.pipelineStages.remove, { stageId, revision, moveTo: null }),
      ),
    ).toMatchObject({ code: "STALE" });
    expect(await stage("Design")).toMatchObject({ targetDays: 9 });
  });

  it("move within their category, unless they are not where one saw them", async () => {
    const { _id: stageId } = await stage("Inspection");
    const move = (from: number, to: number) =>
      north.as.mutation(api.pipelineStages.move, { stageId, from, to });
    await move(1, 0);
    expect((await names()).slice(4, 6)).toEqual(["Inspection", "Installation"]);
    expect(await refusal(move(1, 0))).toMatchObject({ code: "STALE" });
    for (const nowhere of [-1, 2, 0.5, Number.NaN]) {
      expect(await refusal(move(0, nowhere))).toMatchObject({ code: "INVALID" });
    }
    await move(0, 1);
    expect((await names()).slice(4, 6)).toEqual(["Installation", "Inspection"]);
  });

  it("go to another category's end, with what stands in them", async () => {
    await fill("Design", 250);
    const design = await stage("Design");
    await update("Design", { category: "installation", targetDays: 2 });
    await finish();
    expect((await names()).slice(2, 6)).toEqual([
      "Permitting",
      "Installation",
      "Inspection",
      "Design",
    ]);
    const projects = await projectsIn(design._id);
    expect(projects).toHaveLength(250);
    for (const project of projects) {
      expect(project.category).toBe("installation");
      expect(project.stageDueAt).toBe(project.stageEnteredAt + 2 * 24 * 60 * 60 * 1000);
    }
  });

  it("keep one of each category", async () => {
    expect(await refusal(update("Permitting", { category: "sale" }))).toMatchObject({
      code: "CONFLICT",
      message: "“Permitting” needs at least one stage. Add one first.",
    });
    expect(await refusal(remove("Permitting", "Design"))).toMatchObject({ code: "CONFLICT" });
    await add("Utility approval", "permitting");
    await remove("Permitting", null);
    expect(await names()).not.toContain("Permitting");
  });

  it.each([
    ["name", { name: "  " }],
    ["name", { name: "\u200b" }],
    ["name", { name: "x".repeat(61) }],
    ["name", { name: "site SURVEY" }],
    ["targetDays", { targetDays: -1 }],
    ["targetDays", { targetDays: 1.5 }],
    ["targetDays", { targetDays: 366 }],
    ["targetDays", { targetDays: Number.NaN }],
  ])("have no wrong %s (%o)", async (field, change) => {
    const before = await stages();
    expect(await refusal(update("Design", change))).toMatchObject({ code: "INVALID", field });
    const fields = {
      name: "New",
      category: "design",
      targetDays: 1,
      gate: NO_GATE,
      ...change,
    } as const;
    expect(await refusal(north.as.mutation(api.pipelineStages.add, fields))).toMatchObject({
      field,
    });
    expect(await stages()).toEqual(before);
  });

  it("are at most thirty", async () => {
    for (let n = 8; n < MAX_STAGES; n++) await add(`Stage ${n}`);
    expect(await refusal(add("One more"))).toMatchObject({ code: "CONFLICT" });
    expect(await names()).toHaveLength(MAX_STAGES);
  });
});

describe("removing a stage", () => {
  it("is done at once when nothing stands in it", async () => {
    const { _id: stageId } = await stage("Site survey");
    expect(await north.as.query(api.pipelineStages.contents, { stageId })).toEqual({
      projects: 0,
      archived: false,
    });
    await remove("Site survey", null);
    expect(await names()).not.toContain("Site survey");
  });

  it("asks where its projects go, archived ones too", async () => {
    await north.as.mutation(api.projects.moveToStage, {
      projectId: north.projectId,
      stageId: (await stage("Design"))._id,
    });
    const asked = { code: "INVALID", field: "moveTo" };
    expect(await refusal(remove("Design", null))).toMatchObject(asked);
    await north.as.mutation(api.projects.archive, { projectId: north.projectId });
    expect(await refusal(remove("Design", null))).toMatchObject(asked);
    expect(await refusal(remove("Design", "Design"))).toMatchObject(asked);
    await remove("Design", "Site survey");
    expect(await names()).not.toContain("Design");
    const { _id } = await stage("Site survey");
    expect(await projectsIn(_id)).toMatchObject([{ _id: north.projectId, archived: true }]);
  });

  it("moves many in the background, and takes no new ones meanwhile", async () => {
    await fill("Inspection", 250);
    await add("Final check", "installation");
    const inspection = await stage("Inspection");
    await remove("Inspection", "Final check");

    expect((await stage("Inspection")).removal).toMatchObject({ moved: 100 });
    expect((await north.as.query(api.pipelineStages.list, {}))[5]).toMatchObject({
      removing: true,
    });
    const stageId = inspection._id;
    const { projectId } = north;
    const refused = {
      code: "CONFLICT",
      message: "“Inspection” is being removed and cannot be used.",
    };
    for (const call of [
      north.as.mutation(api.projects.moveToStage, { projectId, stageId }),
      north.as.mutation(api.projects.create, { name: "N", customerName: "C", stageId }),
      update("Inspection", { name: "Kept" }),
      remove("Inspection", "Installation"),
    ]) {
      expect(await refusal(call)).toMatchObject(refused);
    }
    expect(await refusal(remove("Final check", "Installation"))).toMatchObject({
      code: "CONFLICT",
    });
    expect(await refusal(remove("Installation", "Inspection"))).toMatchObject({ field: "moveTo" });

    await finish();
    expect(await names()).not.toContain("Inspection");
    expect(await projectsIn(inspection._id)).toEqual([]);
    const moved = await projectsIn((await stage("Final check"))._id);
    expect(moved).toHaveLength(250);
    const totals = await north.as.query(api.pipelineStages.totals, {});
    expect(totals.map(({ stageId: id }) => id)).not.toContain(inspection._id);
    expect(totals.find(({ projects }) => projects > 1)?.projects).toBe(
      moved.filter(({ archived }) => !archived).length,
    );
    const timeline = await t.run(({ db }) => db.query("projectActivity").collect());
    expect(timeline.filter(({ kind }) => kind === "moved")).toHaveLength(250);
    expect(timeline.at(-1)).toMatchObject({
      actor: { name: "Ada north" },
      changes: [{ before: "Inspection", after: "Final check" }],
    });
  });

  it("lets new projects begin in the next stage, when it is the first", async () => {
    await add("Deposit paid", "sale");
    await fill("Contract signed", 150);
    await remove("Contract signed", "Deposit paid");
    const fields = { name: "N", customerName: "C" };
    const projectId = await north.as.mutation(api.projects.create, fields);
    const project = await north.as.query(api.projects.get, { projectId });
    expect(project.stageId).toBe((await stage("Deposit paid"))._id);
    await finish();
  });
});
