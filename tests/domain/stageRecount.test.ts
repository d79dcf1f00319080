import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../convex/_generated/api.js";
import type { Id } from "../../convex/_generated/dataModel.js";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

/** More than two batches. */
const MANY = 450;

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  vi.useFakeTimers({ toFake: ["setTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const stageOf = (tenant: TestTenant, index: number) => tenant.stages[index]!._id;

/** Projects as a careless import would have left them: the totals know nothing of them. */
async function pour(tenant: TestTenant, stageId: Id<"pipelineStages">, count: number) {
  await t.run(async ({ db }) => {
    const { _id, _creationTime, ...like } = (await db.get("projects", tenant.projectId))!;
    for (let n = 0; n < count; n++) {
      const size = { systemSizeKw: 0.1, contractPriceCents: 7 };
      await db.insert("projects", { ...like, ...size, stageId, number: n + 2, archived: false });
    }
    await db.insert("projects", { ...like, stageId, number: count + 2, archived: true });
  });
}

async function kept({ tenantId }: TestTenant, stageId: Id<"pipelineStages">) {
  const rows = await t.run(({ db }) => db.query("stageTotals").collect());
  const row = rows.find((each) => each.tenantId === tenantId && each.stageId === stageId);
  return row && [row.projects, row.systemSizeKw, row.contractPriceCents];
}

const run = ({ tenantId }: TestTenant) => t.mutation(internal.stageRecount.run, { tenantId });
const finish = () => t.finishAllScheduledFunctions(() => vi.advanceTimersToNextTimer());
const count = ({ tenantId }: TestTenant, stageId: Id<"pipelineStages">) =>
  t.mutation(internal.stageRecount.countStage, { tenantId, stageId, soFar: null });
const said = () => vi.mocked(console.warn).mock.calls.flat().join("\n");

describe("the recount of what stages hold", () => {
  it("finds nothing where the totals are right", async () => {
    expect(await count(north, stageOf(north, 0))).toBe("right");
    expect(await count(north, stageOf(north, 5))).toBe("right");
    expect(await kept(north, stageOf(north, 0))).toEqual([1, 0, 0]);
    expect(said()).toBe("");
  });

  it("mends every stage that differs, over many batches, and says it, in that company alone", async () => {
    for (const tenant of [north, south]) await pour(tenant, stageOf(tenant, 2), MANY);
    await t.run(async ({ db }) => {
      for (const row of await db.query("stageTotals").collect())
        await db.patch("stageTotals", row._id, { projects: 40, contractPriceCents: 3 });
    });
    expect(await run(north)).toBe(north.stages.length);
    await finish();
    expect(await kept(north, stageOf(north, 2))).toEqual([MANY, 45, MANY * 7]);
    expect(await kept(north, stageOf(north, 0))).toEqual([1, 0, 0]);
    expect(await kept(south, stageOf(south, 2))).toBeUndefined();
    expect(await kept(south, stageOf(south, 0))).toEqual([40, 0, 3]);
    expect(said().split("\n")).toHaveLength(2);
  });

  it.each([
    ["left the stage behind the count", 2, 3],
    ["came into it", 3, 2],
  ])("is right also when a project %s meanwhile", async (_what, from, to) => {
    await pour(north, stageOf(north, 2), MANY);
    const { projectId } = north;
    await north.as.mutation(api.projects.moveToStage, { projectId, stageId: stageOf(north, from) });
    expect(await count(north, stageOf(north, 2))).toBe("counting");
    await north.as.mutation(api.projects.moveToStage, { projectId, stageId: stageOf(north, to) });
    await finish();
    expect(await kept(north, stageOf(north, 2))).toEqual([MANY + (to === 2 ? 1 : 0), 45, MANY * 7]);
    expect(await kept(north, stageOf(north, 3))).toEqual([to === 3 ? 1 : 0, 0, 0]);
  });

  it("is not deceived by two moves that leave the totals as they were", async () => {
    await pour(north, stageOf(north, 2), MANY);
    const { projectId } = north;
    const move = (index: number) =>
      north.as.mutation(api.projects.moveToStage, { projectId, stageId: stageOf(north, index) });
    await move(2);
    expect(await count(north, stageOf(north, 2))).toBe("counting");
    await move(3);
    const other = await north.as.mutation(api.projects.create, {
      ...{ name: "Another roof", customerName: "Ana", stageId: stageOf(north, 2) },
    });
    await finish();
    expect(await kept(north, stageOf(north, 2))).toEqual([MANY + 1, 45, MANY * 7]);
    await north.as.mutation(api.projects.archive, { projectId: other });
    expect(await kept(north, stageOf(north, 2))).toEqual([MANY, 45, MANY * 7]);
  });

  it("gives up on a stage that is never at rest, says so, and leaves its totals", async () => {
    const stageId = stageOf(north, 0);
    const before = await kept(north, stageId);
    const counted = { projects: 9, systemSizeKw: 0, contractPriceCents: 0 };
    const soFar = { cursor: "somewhere", counted, changes: -1, tries: 10 };
    const job = { tenantId: north.tenantId, stageId, soFar };
    expect(await t.mutation(internal.stageRecount.countStage, job)).toBe("gaveUp");
    expect(await kept(north, stageId)).toEqual(before);
    expect(said()).toContain("too busy");
  });

  it("knows no stage of another company", async () => {
    const before = await kept(south, stageOf(south, 0));
    expect(await count(north, stageOf(south, 0))).toBe("right");
    expect(await kept(south, stageOf(south, 0))).toEqual(before);
  });
});
