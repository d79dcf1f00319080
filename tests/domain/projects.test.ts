import { beforeEach, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api.js";
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

const page = { paginationOpts: { numItems: 10, cursor: null } };
const fields = { name: "Roof", customerName: "Ana" };

async function names(args: { archived?: boolean; stageId?: (typeof north)["stages"][0]["_id"] }) {
  const result = await north.as.query(api.projects.list, { ...page, ...args });
  return result.page.map(({ name }) => name);
}

describe("projects", () => {
  it("start in the first stage, numbered within their own company", async () => {
    const second = await north.as.mutation(api.projects.create, fields);
    expect(await north.as.query(api.projects.get, { projectId: second })).toMatchObject({
      number: 2,
      stageId: north.stages[0]!._id,
      createdByName: "Ada north",
    });
    const other = await south.as.query(api.projects.get, { projectId: south.projectId });
    expect(other.number).toBe(1);
  });

  it("get no number twice when several are created at once", async () => {
    await Promise.all(
      Array.from({ length: 10 }, () => north.as.mutation(api.projects.create, fields)),
    );
    const { page: all } = await north.as.query(api.projects.list, {
      paginationOpts: { numItems: 50, cursor: null },
    });
    expect(all.map(({ number }) => number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 11 }, (_, index) => index + 1),
    );
  });

  it("are listed newest first, page by page, without a gap", async () => {
    for (let i = 1; i <= 5; i++) {
      await north.as.mutation(api.projects.create, { ...fields, name: `New ${i}` });
    }
    const first = await north.as.query(api.projects.list, {
      paginationOpts: { numItems: 4, cursor: null },
    });
    const second = await north.as.query(api.projects.list, {
      paginationOpts: { numItems: 4, cursor: first.continueCursor },
    });
    expect([...first.page, ...second.page].map(({ name }) => name)).toEqual([
      "New 5",
      "New 4",
      "New 3",
      "New 2",
      "New 1",
      "Roof of north",
    ]);
    expect(second.isDone).toBe(true);
  });

  it("move between stages, and the list of a stage follows", async () => {
    const [from, , to] = north.stages;
    await north.as.mutation(api.projects.moveToStage, {
      projectId: north.projectId,
      stageId: to!._id,
    });
    expect(await names({ stageId: from!._id })).toEqual([]);
    expect(await names({ stageId: to!._id })).toEqual(["Roof of north"]);
  });

  it("keep the day they entered a stage when moved to where they are", async () => {
    const { projectId } = north;
    const before = await north.as.query(api.projects.get, { projectId });
    await north.as.mutation(api.projects.moveToStage, { projectId, stageId: before.stageId });
    const after = await north.as.query(api.projects.get, { projectId });
    expect(after).toEqual(before);
  });

  it("leave the list when archived, cannot move, and come back as they were", async () => {
    const { projectId } = north;
    await north.as.mutation(api.projects.archive, { projectId });
    expect(await names({})).toEqual([]);
    expect(await names({ archived: true })).toEqual(["Roof of north"]);
    await expect(
      north.as.mutation(api.projects.moveToStage, { projectId, stageId: north.stages[1]!._id }),
    ).rejects.toThrow("Restore it first");

    const { archivedAt } = await north.as.query(api.projects.get, { projectId });
    await north.as.mutation(api.projects.archive, { projectId });
    expect((await north.as.query(api.projects.get, { projectId })).archivedAt).toBe(archivedAt);

    await north.as.mutation(api.projects.restore, { projectId });
    expect(await names({})).toEqual(["Roof of north"]);
    expect(await north.as.query(api.projects.get, { projectId })).not.toHaveProperty("archivedAt");
  });

  it("change only the fields that are given; null clears one", async () => {
    const { projectId } = north;
    await north.as.mutation(api.projects.update, { projectId, siteAddress: "1 Main St" });
    await north.as.mutation(api.projects.update, { projectId, name: " Barn ", notes: null });
    const project = await north.as.query(api.projects.get, { projectId });
    expect(project).toMatchObject({
      name: "Barn",
      siteAddress: "1 Main St",
      customerEmail: "customer@north.test",
    });
    expect(project).not.toHaveProperty("notes");
  });

  it.each([
    ["an empty name", { name: "" }, "name"],
    ["a name of spaces", { name: "   " }, "name"],
    ["a name of 10,000 characters", { name: "x".repeat(10_000) }, "name"],
    ["no customer", { customerName: "" }, "customerName"],
    ["a wrong e-mail address", { customerEmail: "ana@" }, "customerEmail"],
    ["a size of 0 kW", { systemSizeKw: 0 }, "systemSizeKw"],
    ["a size that is no number", { systemSizeKw: Number.NaN }, "systemSizeKw"],
    ["an endless size", { systemSizeKw: Number.POSITIVE_INFINITY }, "systemSizeKw"],
    ["a negative price", { contractPriceCents: -1 }, "contractPriceCents"],
    ["half a cent", { contractPriceCents: 0.5 }, "contractPriceCents"],
  ])("refuse %s, on creating and on changing, and name the field", async (_what, bad, field) => {
    const before = await north.as.query(api.projects.list, page);
    const sentence = new RegExp(`"code":"INVALID".*"field":"${field}"`);
    await expect(north.as.mutation(api.projects.create, { ...fields, ...bad })).rejects.toThrow(
      sentence,
    );
    await expect(
      north.as.mutation(api.projects.update, { projectId: north.projectId, ...bad }),
    ).rejects.toThrow(sentence);
    expect(await north.as.query(api.projects.list, page)).toEqual(before);
  });

  it("are not found by a malformed, an unknown or another table's id", async () => {
    for (const projectId of ["", "nonsense", "🌞", north.stages[0]!._id, south.projectId]) {
      await expect(north.as.query(api.projects.get, { projectId })).rejects.toThrow("NOT_FOUND");
    }
  });
});
