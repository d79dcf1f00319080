import { beforeEach, describe, expect, it } from "vitest";
import { filterOf, matchingView, savedFilterOf } from "../../components/projects/savedFilter.ts";
import { filterHref, NO_FILTER } from "../../components/projects/projectsFilter.ts";
import { api } from "../../convex/_generated/api.js";
import type { Id } from "../../convex/_generated/dataModel.js";
import { MAX_OWN_VIEWS, MAX_SHARED_VIEWS } from "../../lib/savedViews.ts";
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

const rows = () => t.run(({ db }) => db.query("savedViews").collect());
const row = (viewId: Id<"savedViews">) => t.run(({ db }) => db.get("savedViews", viewId));
const listOf = (who: TestTenant["as"]) => who.query(api.savedViews.list, {});
const namesOf = async (who: TestTenant["as"]) => (await listOf(who)).map(({ name }) => name);
const save = (who: TestTenant["as"], name: string, shared = false, filter = {}) =>
  who.mutation(api.savedViews.save, { name, shared, filter });

describe("saved views", () => {
  it("are seen by their owner, shared ones by the company, and none by another company", async () => {
    await save(north.asRole("Viewer"), "a private one");
    await save(north.asRole("Sales"), "Everybody’s", true);
    expect(await namesOf(north.asRole("Viewer"))).toEqual([
      ...["a private one", "Everybody’s", "View of north"],
    ]);
    expect(await namesOf(north.as)).toEqual(["Everybody’s", "View of north"]);
    expect(await namesOf(south.as)).toEqual(["View of south"]);
  });

  it("say whose they are and who may change them", async () => {
    await save(north.asRole("Sales"), "Sales’ own", true);
    const rightsOf = async (who: TestTenant["as"]) =>
      (await listOf(who)).map(({ isOwn, mayChange }) => [isOwn, mayChange]);
    expect(await rightsOf(north.asRole("Sales"))).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(await rightsOf(north.as)).toEqual([
      [false, true],
      [true, true],
    ]);
  });

  it("keep what they filter, words tidied", async () => {
    const filter = { stage: north.stages[2]!._id, owner: north.viewerId, sort: "name" } as const;
    const viewId = await save(north.as, "  Roofs ☀  ", false, { ...filter, q: "  big   roof " });
    expect(await row(viewId)).toMatchObject({
      ...{ name: "Roofs ☀", shared: false, ownerId: north.memberId },
      filter: { ...filter, q: "big roof" },
    });
  });

  it.each([
    ["a stage", (): object => ({ stage: south.stages[0]!._id })],
    ["a person", (): object => ({ owner: south.memberId })],
  ])("refuse %s of another company", async (_what, filter) => {
    const before = await rows();
    await expect(save(north.as, "Theirs", true, filter())).rejects.toThrow("NOT_FOUND");
    expect(await rows()).toEqual(before);
  });

  it.each([
    ["no name", " ", {}],
    ["a huge name", "x".repeat(61), {}],
    ["a name that is taken", "VIEW OF NORTH", {}],
    ["no day", "Since", { from: "2026-13-45" }],
  ])("refuse %s", async (_what, name, filter) => {
    const before = await rows();
    await expect(save(north.as, name, false, filter)).rejects.toThrow("INVALID");
    expect(await rows()).toEqual(before);
  });

  it("are renamed, shared, removed, and saved again by their owner", async () => {
    const sales = north.asRole("Sales");
    const viewId = await save(sales, "Mine");
    await sales.mutation(api.savedViews.rename, { viewId, name: "Still mine" });
    await sales.mutation(api.savedViews.rename, { viewId, name: "Still MINE" });
    await sales.mutation(api.savedViews.share, { viewId, shared: true });
    const shared = { name: "Still MINE", shared: true };
    expect(await row(viewId)).toMatchObject(shared);
    await sales.mutation(api.savedViews.remove, { viewId });
    expect(await row(viewId)).toBeNull();
    await expect(sales.mutation(api.savedViews.remove, { viewId })).rejects.toThrow("NOT_FOUND");
    expect(await row(await save(sales, "Still MINE", true))).toMatchObject(shared);
  });

  it.each([
    ["Manager", true, "FORBIDDEN"],
    ["System Administrator", false, "NOT_FOUND"],
  ] as const)(
    "are not changed by a %s when shared is %s and they are a colleague’s",
    async (role, shared, code) => {
      const who = role === "Manager" ? north.asRole(role) : north.as;
      const viewId = await save(north.asRole("Sales"), "Sales’ own", shared);
      const before = await row(viewId);
      const { rename, share, remove } = api.savedViews;
      await expect(who.mutation(rename, { viewId, name: "Taken" })).rejects.toThrow(code);
      await expect(who.mutation(share, { viewId, shared: true })).rejects.toThrow(code);
      await expect(who.mutation(remove, { viewId })).rejects.toThrow(code);
      await expect(south.as.mutation(remove, { viewId })).rejects.toThrow("NOT_FOUND");
      expect(await row(viewId)).toEqual(before);
    },
  );

  it("are changed by an administrator once they are shared", async () => {
    const viewId = await save(north.asRole("Sales"), "Sales’ own", true);
    await north.as.mutation(api.savedViews.rename, { viewId, name: "Better" });
    await north.as.mutation(api.savedViews.share, { viewId, shared: false });
    expect(await row(viewId)).toMatchObject({ name: "Better", shared: false });
    expect(await namesOf(north.as)).not.toContain("Better");
  });

  it("are at most 30 of a member, and sixty shared ones of a company", async () => {
    const sales = north.asRole("Sales");
    for (let n = 0; n < MAX_OWN_VIEWS; n++) await save(sales, `View ${n}`, true);
    await expect(save(sales, "One more")).rejects.toThrow("LIMIT_REACHED");
    const viewer = north.asRole("Viewer");
    const left = MAX_SHARED_VIEWS - MAX_OWN_VIEWS - 1;
    for (let n = 0; n < left; n++) await save(viewer, `View ${n}`, true);
    await expect(save(viewer, "One more", true)).rejects.toThrow("LIMIT_REACHED");
    const viewId = await save(viewer, "One more");
    await expect(viewer.mutation(api.savedViews.share, { viewId, shared: true })).rejects.toThrow(
      "LIMIT_REACHED",
    );
    expect(await row(viewId)).toMatchObject({ shared: false });
    await save(south.as, "There is room", true);
  });
});

describe("the menu of saved views", () => {
  it("knows the view that shows what the page shows, its owner’s first", async () => {
    const stages = await north.as.query(api.pipelineStages.list, {});
    const members = await north.as.query(api.members.names, {});
    const filter = { ...NO_FILTER, view: "board", stage: stages[0]!._id } as const;
    const saved = savedFilterOf(filter, { stages, members });
    await save(north.asRole("Sales"), "A colleague’s", true, saved);
    await save(north.as, "B mine", false, saved);
    const views = await listOf(north.as);
    const nameOf = (shown: Parameters<typeof matchingView>[1]) =>
      matchingView(views, shown, { stages, members })?.name;
    expect(nameOf(filter)).toBe("B mine");
    expect(nameOf({ ...filter, owner: north.memberId })).toBe("View of north");
    expect(nameOf({ ...filter, view: "table" })).toBeUndefined();
    expect(filterOf(views.find(({ name }) => name === "B mine")!.filter)).toMatchObject(filter);
  });

  it("does not save a stage or a person that the address made up", async () => {
    const known = { stages: [], members: [] };
    const saved = savedFilterOf({ ...NO_FILTER, q: "roof", stage: "x", owner: "y" }, known);
    expect(JSON.parse(JSON.stringify(saved))).toEqual({ q: "roof" });
    expect(filterHref(filterOf(saved))).toBe("/projects?q=roof");
  });
});
