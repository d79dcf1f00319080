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

const get = async () => await north.as.query(api.projects.get, { projectId: north.projectId });

/** Somebody of north who holds only this role. */
async function memberOf(tenant: TestTenant, name: string) {
  return await t.run(async ({ db }) => {
    const all = await db.query("members").collect();
    return all.find((each) => each.tenantId === tenant.tenantId && each.name === name)!;
  });
}

describe("a project's details", () => {
  it("are kept, and null clears each", async () => {
    const { projectId } = north;
    const details = {
      roofType: "metal",
      roofAgeYears: 12,
      mainPanelAmps: 200,
      moduleModel: "Q.PEAK 400",
      moduleCount: 21,
      inverter: "IQ8+",
      battery: "None",
      financing: "loan",
      financier: "Sunlight",
      targetInstallDay: "2027-02-28",
    } as const;
    await north.as.mutation(api.projects.update, { projectId, ...details });
    expect(await get()).toMatchObject(details);
    const cleared = Object.fromEntries(Object.keys(details).map((field) => [field, null]));
    await north.as.mutation(api.projects.update, { projectId, ...cleared });
    for (const field of Object.keys(details)) expect(await get()).not.toHaveProperty(field);
  });

  it.each([
    ["moduleCount", 0],
    ["moduleCount", 2.5],
    ["mainPanelAmps", Number.NaN],
    ["roofAgeYears", -1],
    ["targetInstallDay", "2027-02-30"],
    ["targetInstallDay", "tomorrow"],
    ["battery", "x".repeat(121)],
  ])("refuse %s = %j, and nothing changes", async (field, value) => {
    const before = await get();
    await expect(
      north.as.mutation(api.projects.update, { projectId: north.projectId, [field]: value }),
    ).rejects.toMatchObject({ data: { code: "INVALID", field } });
    expect(await get()).toEqual(before);
  });
});

describe("a project's people", () => {
  it("are its owner and its crew, and the timeline names them", async () => {
    const installer = await memberOf(north, "Installer");
    const sales = await memberOf(north, "Sales");
    const { projectId } = north;
    const crewIds = [installer._id, sales._id, installer._id];
    await north.as.mutation(api.projects.assign, { projectId, ownerId: sales._id, crewIds });
    expect(await get()).toMatchObject({
      ownerId: sales._id,
      crewIds: [installer._id, sales._id],
    });
    const [line] = (
      await north.as.query(api.activity.ofProject, {
        projectId,
        paginationOpts: { numItems: 1, cursor: null },
      })
    ).page;
    expect(line?.changes).toEqual([
      { field: "owner", before: "Ada north", after: "Sales" },
      { field: "crew", before: "", after: "Installer, Sales" },
    ]);
    await north.as.mutation(api.projects.assign, { projectId, ownerId: null });
    expect(await get()).not.toHaveProperty("ownerId");
    expect((await get()).crewIds).toHaveLength(2);
  });

  it("are never another company's, nor somebody whose access has ended", async () => {
    const before = await get();
    const foreign = await memberOf(south, "Installer");
    const gone = await memberOf(north, "Installer");
    await t.run(async ({ db }) => await db.patch("members", gone._id, { status: "deactivated" }));
    const { projectId } = north;
    for (const [people, code] of [
      [{ ownerId: foreign._id }, "NOT_FOUND"],
      [{ crewIds: [foreign._id] }, "NOT_FOUND"],
      [{ ownerId: gone._id }, "CONFLICT"],
      [{ crewIds: [gone._id] }, "CONFLICT"],
    ] as const) {
      await expect(
        north.as.mutation(api.projects.assign, { projectId, ...people } as never),
      ).rejects.toMatchObject({ data: { code } });
    }
    expect(await get()).toEqual(before);
  });

  it("stay named when their access ends", async () => {
    const installer = await memberOf(north, "Installer");
    const { projectId } = north;
    await north.as.mutation(api.projects.assign, { projectId, crewIds: [installer._id] });
    await t.run(async ({ db }) => {
      await db.patch("members", installer._id, { status: "deactivated" });
    });
    const admin = north.memberId;
    await north.as.mutation(api.projects.assign, { projectId, crewIds: [installer._id, admin] });
    expect((await get()).crewIds).toEqual([installer._id, admin]);
  });
});
