import { beforeEach, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api.js";
import { PROJECT_SORTS } from "../../lib/projects.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  const jobs = [
    { name: "zebra roof", contractPriceCents: 300, stage: 0 },
    { name: "Apple barn", contractPriceCents: 100, stage: 1 },
    { name: "maple carport", contractPriceCents: 200, stage: 3 },
  ];
  for (const { stage, ...fields } of jobs) {
    const stageId = north.stages[stage]!._id;
    await north.as.mutation(api.projects.create, { ...fields, customerName: "Ana", stageId });
  }
  await north.as.mutation(api.projects.archive, { projectId: north.projectId });
});

type Args = Partial<Parameters<typeof list>[0]>;
async function list(args: (typeof api.projects.list)["_args"]) {
  return (await north.as.query(api.projects.list, args)).page.map(({ name }) => name);
}
const names = (args: Args = {}) =>
  list({ paginationOpts: { numItems: 10, cursor: null }, ...args });

describe("the list of projects", () => {
  it.each([
    ["created", ["zebra roof", "Apple barn", "maple carport"]],
    ["name", ["Apple barn", "maple carport", "zebra roof"]],
    ["price", ["Apple barn", "maple carport", "zebra roof"]],
  ] as const)("can be in order of %s, and backwards", async (sort, expected) => {
    expect(await names({ sort, direction: "asc" })).toEqual(expected);
    expect(await names({ sort, direction: "desc" })).toEqual(expected.toReversed());
  });

  it("follows what is changed last, and what came into its stage last", async () => {
    const [zebra] = (
      await north.as.query(api.projects.list, {
        paginationOpts: { numItems: 10, cursor: null },
        direction: "asc",
      })
    ).page;
    await north.as.mutation(api.projects.moveToStage, {
      projectId: zebra!._id,
      stageId: north.stages[2]!._id,
    });
    expect((await names({ sort: "entered" }))[0]).toBe("zebra roof");
    expect((await names({ sort: "updated" }))[0]).toBe("zebra roof");
    expect(await names({ category: "design", sort: "name", direction: "asc" })).toEqual([
      "Apple barn",
      "zebra roof",
    ]);
  });

  it.each(PROJECT_SORTS)(
    "filters by stage, category and owner in every order: %s",
    async (sort) => {
      const design = north.stages[1]!;
      expect(await names({ sort, stageId: design._id })).toEqual(["Apple barn"]);
      expect(await names({ sort, category: "permitting" })).toEqual(["maple carport"]);
      expect(await names({ sort, ownerId: north.memberId })).toHaveLength(3);
      expect(await names({ sort, ownerId: north.memberId, category: "design" })).toEqual([
        "Apple barn",
      ]);
      expect(await names({ sort, archived: true })).toEqual(["Roof of north"]);
      expect(await names({ sort, stageId: south.stages[0]!._id })).toEqual([]);
      expect(await names({ sort, ownerId: south.memberId })).toEqual([]);
    },
  );

  it("filters by the day of creation", async () => {
    const all = await t.run(async ({ db }) => await db.query("projects").collect());
    const created = (name: string) => all.find((each) => each.name === name)!._creationTime;
    const between = { createdFrom: created("Apple barn"), createdBefore: created("maple carport") };
    for (const sort of PROJECT_SORTS)
      expect(await names({ sort, ...between })).toEqual(["Apple barn"]);
  });

  it("reads no more than the page, however the company and the platform grow", async () => {
    for (let i = 0; i < 30; i++) {
      await north.as.mutation(api.projects.create, { name: `Roof ${i}`, customerName: "Ana" });
    }
    const first = await north.as.query(api.projects.list, {
      paginationOpts: { numItems: 5, cursor: null },
      stageId: north.stages[0]!._id,
    });
    expect(first.page.map(({ name }) => name)).toEqual(
      [29, 28, 27, 26, 25].map((i) => `Roof ${i}`),
    );
    expect(first.isDone).toBe(false);
  });
});

describe("overdue projects", () => {
  it("are those beyond their stage's target, longest first, and nobody else's", async () => {
    const DAY = 24 * 60 * 60 * 1000;
    const overdue = async (days: number) =>
      (
        await north.as.query(api.projects.overdue, { before: Date.now() + days * DAY + 60_000 })
      ).map(({ name }) => name);
    expect(await overdue(0)).toEqual([]);
    expect(await overdue(3)).toEqual(["zebra roof"]);
    expect(await overdue(30)).toEqual(["zebra roof", "Apple barn", "maple carport"]);
  });

  it("do not include a job in a stage without a target", async () => {
    const [first] = (
      await north.as.query(api.projects.list, {
        paginationOpts: { numItems: 1, cursor: null },
      })
    ).page;
    const completed = north.stages.find(({ targetDays }) => targetDays === 0)!;
    await north.as.mutation(api.projects.movePastGate, {
      projectId: first!._id,
      stageId: completed._id,
      reason: "Done before Sunup.",
    });
    const late = await north.as.query(api.projects.overdue, { before: 4e12 });
    expect(late.map(({ _id }) => _id)).not.toContain(first!._id);
    expect(late).toHaveLength(2);
  });
});
