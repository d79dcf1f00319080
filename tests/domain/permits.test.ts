import { beforeEach, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api.js";
import type { Id } from "../../convex/_generated/dataModel.js";
import { addDays, dayIn } from "../../lib/calendarDay.ts";
import { MAX_PERMITS, type PermitStep } from "../../lib/permits.ts";
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
const permits = async (tenant = north) =>
  await tenant.as.query(api.permits.ofProject, { projectId: tenant.projectId });
const permit = async () => (await permits()).find(({ _id }) => _id === north.permitId)!;
const authority = async () =>
  await north.as.query(api.authorities.get, { authorityId: north.authorityId });
const waiting = async (query: { on?: "us" | "authority"; kind?: "permit" | "interconnection" }) =>
  (await north.as.query(api.permits.waiting, { ...page, ...query })).page;

async function record(step: PermitStep, permitId = north.permitId) {
  const all = await permits();
  const { revision } = all.find(({ _id }) => _id === permitId)!;
  await north.as.mutation(api.permits.record, { permitId, revision, step });
}

async function add(title: string, kind: "permit" | "interconnection" = "permit") {
  const { projectId } = north;
  return await north.as.mutation(api.permits.add, { projectId, kind, title });
}

async function timeline() {
  const { page: lines } = await north.as.query(api.activity.ofProject, {
    paginationOpts: { numItems: 50, cursor: null },
    projectId: north.projectId,
  });
  return lines;
}

describe("a permit", () => {
  it("goes through its rounds, each step on its day, and the timeline tells them", async () => {
    await record({ kind: "rejected", on: "2026-01-12", reason: "Setback is missing" });
    await record({ kind: "submitted", on: "2026-01-14" });
    await record({ kind: "approved", on: "2026-01-20" });
    expect((await permit()).rounds).toMatchObject([
      { submittedOn: "2026-01-02", outcome: { kind: "rejected", reason: "Setback is missing" } },
      { submittedOn: "2026-01-14", outcome: { kind: "approved", on: "2026-01-20" } },
    ]);
    const told = (await timeline()).filter(({ kind }) => kind.startsWith("permit"));
    expect(told).toMatchObject([
      { kind: "permitApproved", subject: "Permit of north (City of north)" },
      { kind: "permitSubmitted" },
      { kind: "permitRejected", reason: "Setback is missing" },
      { kind: "permitSubmitted" },
      { kind: "permitAdded", subject: "Permit of north" },
    ]);
  });

  it("teaches its authority how long an approval takes, and the next one is expected by that", async () => {
    await record({ kind: "approved", on: "2026-01-12" });
    expect(await authority()).toMatchObject({ medianDays: 10, reviews: 1 });
    const second = await add("Electrical");
    const { authorityId } = north;
    await north.as.mutation(api.permits.change, {
      ...{ permitId: second, revision: 0, title: "Electrical", authorityId },
    });
    await record({ kind: "submitted", on: "2026-02-01" }, second);
    const { rounds } = (await permits()).find(({ _id }) => _id === second)!;
    expect(rounds).toEqual([{ submittedOn: "2026-02-01", expectedOn: "2026-02-11" }]);
  });

  it("takes back what an approval taught when the approval is undone or its authority was another", async () => {
    await record({ kind: "approved", on: "2026-01-12" });
    const { permitId } = north;
    await north.as.mutation(api.permits.undo, { permitId, revision: 2 });
    expect(await authority()).toMatchObject({ reviews: 0 });
    expect(await permit()).toMatchObject({ waitingOn: "authority", waitingSince: "2026-01-02" });
    expect((await timeline())[0]).toMatchObject({ kind: "permitStepUndone" });

    await record({ kind: "approved", on: "2026-01-12" });
    const other = await north.as.mutation(api.authorities.add, { kind: "ahj", name: "Kuna" });
    await north.as.mutation(api.permits.change, {
      ...{ permitId, revision: 4, title: "Permit of north", authorityId: other },
    });
    expect(await authority()).toMatchObject({ reviews: 0 });
    expect(await north.as.query(api.authorities.get, { authorityId: other })).toMatchObject({
      medianDays: 10,
      reviews: 1,
    });
  });

  it("refuses a step from an older state, so a double click records once", async () => {
    const { permitId } = north;
    const step = { kind: "approved", on: "2026-01-12" } as const;
    await north.as.mutation(api.permits.record, { permitId, revision: 1, step });
    const before = await permits();
    for (const call of [
      north.as.mutation(api.permits.record, { permitId, revision: 1, step }),
      north.as.mutation(api.permits.undo, { permitId, revision: 1 }),
      north.as.mutation(api.permits.remove, { permitId, revision: 1 }),
      north.as.mutation(api.permits.change, { permitId, revision: 1, title: "Other" }),
    ]) {
      await expect(call).rejects.toMatchObject({ data: { code: "STALE" } });
    }
    expect(await permits()).toEqual(before);
    expect(await authority()).toMatchObject({ reviews: 1 });
  });

  it.each([
    ["a day to come", { kind: "approved", on: "2999-01-01" }, "INVALID"],
    ["no day at all", { kind: "approved", on: "soon" }, "INVALID"],
    ["a day that is not in the calendar", { kind: "approved", on: "2026-02-30" }, "INVALID"],
    ["a day before its submission", { kind: "approved", on: "2026-01-01" }, "INVALID"],
    ["no reason", { kind: "rejected", on: "2026-01-12", reason: " " }, "INVALID"],
    ["a step out of turn", { kind: "submitted", on: "2026-01-12" }, "CONFLICT"],
  ] as const)("refuses %s, and nothing changes", async (_what, step, code) => {
    const before = await permits();
    await expect(record(step)).rejects.toMatchObject({ data: { code } });
    expect(await permits()).toEqual(before);
  });

  it("can be submitted today, wherever the company is", async () => {
    const today = dayIn("Pacific/Kiritimati", Date.now());
    await record({ kind: "submitted", on: today }, await add("Electrical"));
    await expect(
      record({ kind: "submitted", on: addDays(today, 1) }, await add("Fire")),
    ).rejects.toMatchObject({ data: { code: "INVALID", field: "on" } });
  });

  it("names only authorities of its kind that are in the directory", async () => {
    const { permitId } = north;
    const utility = await north.as.mutation(api.authorities.add, {
      kind: "utility",
      name: "Power",
    });
    const gone = await north.as.mutation(api.authorities.add, { kind: "ahj", name: "Gone" });
    await north.as.mutation(api.authorities.setArchived, { authorityId: gone, archived: true });
    const before = await permits();
    for (const [authorityId, code] of [
      [utility, "CONFLICT"],
      [gone, "CONFLICT"],
      [south.authorityId, "NOT_FOUND"],
    ] as const) {
      await expect(
        north.as.mutation(api.permits.change, { permitId, revision: 1, title: "P", authorityId }),
      ).rejects.toMatchObject({ data: { code } });
    }
    expect(await permits()).toEqual(before);
  });

  it("is one of a few on a project, and none is added to an archived one", async () => {
    for (let count = 1; count < MAX_PERMITS; count += 1) await add(`Permit ${count}`);
    await expect(add("One more")).rejects.toMatchObject({ data: { code: "CONFLICT" } });
    expect(await permits()).toHaveLength(MAX_PERMITS);
    const { permitId, projectId } = north;
    await north.as.mutation(api.permits.remove, { permitId, revision: 1 });
    await north.as.mutation(api.projects.archive, { projectId });
    await expect(add("Late")).rejects.toMatchObject({ data: { code: "CONFLICT" } });
    expect(await permits()).toHaveLength(MAX_PERMITS - 1);
  });
});

describe("the list of what waits", () => {
  it("has the longest waiting first, and can be narrowed", async () => {
    const draft = await add("Electrical");
    const utility = await add("Net metering", "interconnection");
    await record({ kind: "submitted", on: "2025-12-01" }, utility);
    expect((await waiting({})).map(({ _id }) => _id)).toEqual([utility, north.permitId, draft]);
    expect((await waiting({ on: "us" })).map(({ _id }) => _id)).toEqual([draft]);
    expect((await waiting({ kind: "permit" })).map(({ _id }) => _id)).toEqual([
      ...[north.permitId, draft],
    ]);
    expect(await waiting({ kind: "interconnection", on: "us" })).toEqual([]);
    const { authorityId } = north;
    const ofCity = await north.as.query(api.permits.waiting, { ...page, authorityId });
    expect(ofCity.page.map(({ _id }) => _id)).toEqual([north.permitId]);
    expect(JSON.stringify(await waiting({}))).not.toContain("south");
  });

  it("leaves out what is approved, and what belongs to an archived project until it is restored", async () => {
    const { projectId } = north;
    await north.as.mutation(api.projects.archive, { projectId });
    expect(await waiting({})).toEqual([]);
    await north.as.mutation(api.projects.restore, { projectId });
    expect(await waiting({})).toHaveLength(1);
    await record({ kind: "approved", on: "2026-01-12" });
    expect(await waiting({})).toEqual([]);
    await north.as.mutation(api.projects.archive, { projectId });
    await north.as.mutation(api.projects.restore, { projectId });
    expect(await waiting({})).toEqual([]);
  });

  it("names projects and authorities as they are called now, a hundred and more of them", async () => {
    const { projectId, authorityId } = north;
    const MANY = 130;
    await t.run(async ({ db }) => {
      const { _id, _creationTime, ...like } = (await db.get("permits", north.permitId))!;
      const { _id: _p, _creationTime: _c, ...project } = (await db.get("projects", projectId))!;
      const another = await db.insert("projects", { ...project, number: 2 });
      for (let n = 1; n < MANY; n += 1) await db.insert("permits", { ...like, projectId: another });
    });
    await north.as.mutation(api.projects.update, { projectId, name: "Barn" });
    expect(await permit()).toMatchObject({ projectName: "Barn" });
    await north.as.mutation(api.authorities.update, {
      ...{ authorityId, revision: 0, name: "Ada County" },
    });
    await t.finishAllScheduledFunctions(() => {});
    const names = await t.run(async ({ db }) => {
      const all = await db.query("permits").collect();
      return all.filter((each) => each.authorityId === authorityId).map((p) => p.authorityName);
    });
    expect(names).toEqual(Array<string>(MANY).fill("Ada County"));
    expect((await permits(south))[0]).toMatchObject({ authorityName: "City of south" });
  });
});

describe("the directory of authorities", () => {
  const list = async (archived = false) =>
    (await north.as.query(api.authorities.list, { ...page, archived })).page;

  it("is in order of the names, and finds one by its name", async () => {
    const others = { kind: "utility" as const, state: "ID", portalUrl: "power.example" };
    await north.as.mutation(api.authorities.add, { ...others, name: "alpine Power" });
    expect((await list()).map(({ name }) => name)).toEqual(["alpine Power", "City of north"]);
    const found = async (text: string) =>
      (await north.as.query(api.authorities.search, { text })).map(({ name }) => name);
    expect(await found("ALPINE")).toEqual(["alpine Power"]);
    expect(await found("City of s")).not.toContain("City of south");
  });

  it("finds nothing by a malformed, an unknown or another company's id", async () => {
    for (const authorityId of ["", "nonsense", north.projectId, south.authorityId]) {
      await expect(north.as.query(api.authorities.get, { authorityId })).rejects.toMatchObject({
        data: { code: "NOT_FOUND" },
      });
    }
  });

  it("has each name once per kind, and an older state overwrites nothing", async () => {
    const { authorityId } = north;
    const twice = { kind: "ahj", name: "CITY of north" } as const;
    await expect(north.as.mutation(api.authorities.add, twice)).rejects.toMatchObject({
      data: { code: "INVALID", field: "name" },
    });
    await north.as.mutation(api.authorities.add, { kind: "utility", name: "City of north" });
    await north.as.mutation(api.authorities.update, {
      ...{ authorityId, revision: 0, name: "City of north", phone: "208-555-0100" },
    });
    const before = await authority();
    expect(before).not.toHaveProperty("notes");
    await expect(
      north.as.mutation(api.authorities.update, { authorityId, revision: 0, name: "Mine" }),
    ).rejects.toMatchObject({ data: { code: "STALE" } });
    expect(await authority()).toEqual(before);
  });

  it("keeps what was taken out apart, and brings it back unless its name was given away", async () => {
    const { authorityId } = north;
    await north.as.mutation(api.authorities.setArchived, { authorityId, archived: true });
    expect(await list()).toEqual([]);
    expect(await list(true)).toHaveLength(1);
    await north.as.mutation(api.authorities.add, { kind: "ahj", name: "City of north" });
    await expect(
      north.as.mutation(api.authorities.setArchived, { authorityId, archived: false }),
    ).rejects.toMatchObject({ data: { code: "INVALID" } });
    expect((await authority()).archived).toBe(true);
  });
});

describe("a project's authorities", () => {
  const set = (ids: { ahjId?: Id<"authorities"> | null; utilityId?: Id<"authorities"> | null }) =>
    north.as.mutation(api.projects.setAuthorities, { projectId: north.projectId, ...ids });
  const project = () => north.as.query(api.projects.get, { projectId: north.projectId });

  it("are set and cleared, and the timeline names them", async () => {
    await set({ ahjId: north.authorityId });
    expect(await project()).toMatchObject({ ahjId: north.authorityId });
    expect((await timeline())[0]?.changes).toEqual([
      { field: "ahj", before: "", after: "City of north" },
    ]);
    await set({ ahjId: null });
    expect(await project()).not.toHaveProperty("ahjId");
  });

  it("are never another company's, nor of the wrong kind", async () => {
    const before = await project();
    await expect(set({ ahjId: south.authorityId })).rejects.toMatchObject({
      data: { code: "NOT_FOUND" },
    });
    await expect(set({ utilityId: north.authorityId })).rejects.toMatchObject({
      data: { code: "CONFLICT" },
    });
    expect(await project()).toEqual(before);
  });
});
