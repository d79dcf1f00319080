import { beforeEach, expect, it } from "vitest";
import { api, internal } from "../../convex/_generated/api.js";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});

const samples = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    name: `Sample ${n}`,
    customerName: "Ann Lee",
    systemSizeKw: 2,
  }));
const projects = (tenant: TestTenant) =>
  t.run(async ({ db }) =>
    (await db.query("projects").collect()).filter((each) => each.tenantId === tenant.tenantId),
  );

it("sample projects count in the company's totals and numbers, and reach no other company", async () => {
  const before = await projects(south);
  await t.mutation(internal.sampleProjects.add, {
    ...{ tenantId: north.tenantId, memberId: north.memberId, projects: samples(50) },
  });
  const own = await projects(north);
  expect(own.slice(-50).map(({ number }) => number)).toEqual(
    Array.from({ length: 50 }, (_, n) => n + own.length - 49),
  );
  const totals = await north.as.query(api.pipelineStages.totals, {});
  const first = totals.find(({ stageId }) => stageId === north.stages[0]!._id);
  expect(first?.systemSizeKw).toBe(100);
  expect(await projects(south)).toEqual(before);
});

it("too many at once, a wrong one and another company's member add nothing", async () => {
  const before = [await projects(north), await projects(south)];
  const add = (memberId: TestTenant["memberId"], of: ReturnType<typeof samples>) =>
    t.mutation(internal.sampleProjects.add, { tenantId: north.tenantId, memberId, projects: of });
  await expect(add(north.memberId, samples(51))).rejects.toThrow("Add at most 50");
  const wrong = [...samples(2), { name: "", customerName: "Ann Lee", systemSizeKw: 2 }];
  await expect(add(north.memberId, wrong)).rejects.toThrow("INVALID");
  await expect(add(south.memberId, samples(1))).rejects.toThrow("NOT_FOUND");
  expect([await projects(north), await projects(south)]).toEqual(before);
});
