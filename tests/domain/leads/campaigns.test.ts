import fc from "fast-check";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../../convex/_generated/api.js";
import type { Id } from "../../../convex/_generated/dataModel.js";
import { type Backend, backend } from "../../support/backend.ts";
import { signUp, type TestTenant, worldOf } from "../../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;

beforeEach(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});

type Workers = { _id: Id<"members">; name: string }[];

const workersOf = async ({ as }: TestTenant): Promise<Workers> =>
  await as.query(api.leads.workers, {});

async function takeTurns({ as, campaignId }: TestTenant, memberIds: Id<"members">[]) {
  await as.mutation(api.campaigns.setAssignment, {
    ...{ campaignId, memberIds },
    assignment: "roundRobin",
  });
}

/** Who gets the next lead of the campaign. */
async function nextOf({ as, campaignId }: TestTenant): Promise<Id<"members"> | undefined> {
  const leadId = await as.mutation(api.leads.create, { name: "Ann", campaignId });
  return (await as.query(api.leads.get, { leadId })).assigneeId;
}

const setActive = async (memberId: Id<"members">, active: boolean) =>
  await t.run((ctx) =>
    ctx.db.patch("members", memberId, { status: active ? "active" : "deactivated" }),
  );

describe("a campaign that gives leads out in turn", () => {
  it("gives everybody as many, also when they come all at once", async () => {
    const ids = (await workersOf(north)).map(({ _id }) => _id);
    await takeTurns(north, ids);
    const got = await Promise.all(Array.from({ length: 31 }, () => nextOf(north)));
    const counts = ids.map((id) => got.filter((each) => each === id).length);
    expect(counts.reduce((sum, each) => sum + each)).toBe(31);
    expect(Math.max(...counts) - Math.min(...counts)).toBe(1);
  });

  it("passes over who is away, gives nobody two in a row while others are here, and goes on with who comes back", async () => {
    const ids = (await workersOf(north)).map(({ _id }) => _id);
    await takeTurns(north, ids);
    const step = fc.oneof(
      { weight: 3, arbitrary: fc.constant("lead" as const) },
      fc.record({ who: fc.nat({ max: ids.length - 1 }), active: fc.boolean() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        // The administrator asks, so stays here.
        for (const id of ids) await setActive(id, true);
        const here = new Set(ids);
        let last: Id<"members"> | undefined;
        for (const each of steps) {
          if (each === "lead") {
            const got = await nextOf(north);
            expect(here.has(got!)).toBe(true);
            if (here.size > 1) expect(got).not.toBe(last);
            last = got;
          } else if (each.who !== 0) {
            const id = ids[each.who]!;
            await setActive(id, each.active);
            if (each.active) here.add(id);
            else here.delete(id);
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it("leaves a lead to nobody when nobody of them is here", async () => {
    const sales = (await workersOf(north)).find(({ name }) => name === "Sales")!._id;
    await takeTurns(north, [sales]);
    await setActive(sales, false);
    expect(await nextOf(north)).toBeUndefined();
  });

  it("goes on with the next one when the round changes", async () => {
    const [ada, manager, sales] = (await workersOf(north)).map(({ _id }) => _id) as [
      Id<"members">,
      Id<"members">,
      Id<"members">,
    ];
    await takeTurns(north, [ada, manager, sales]);
    expect(await nextOf(north)).toBe(ada);
    await takeTurns(north, [sales, ada, manager]);
    expect(await nextOf(north)).toBe(manager);
    await takeTurns(north, [ada, manager]);
    expect(await nextOf(north)).toBe(ada);
  });

  it("needs somebody who takes turns", async () => {
    await expect(takeTurns(north, [])).rejects.toMatchObject({ data: { code: "INVALID" } });
    await expect(takeTurns(north, [south.memberId])).rejects.toMatchObject({
      data: { code: "NOT_FOUND" },
    });
  });
});

describe("a campaign", () => {
  it("has a name of its own in its company", async () => {
    const { as, campaignId } = north;
    const name = "Fair of NORTH";
    const refused = { data: { code: "INVALID", field: "name" } };
    await expect(as.mutation(api.campaigns.create, { name })).rejects.toMatchObject(refused);
    await as.mutation(api.campaigns.rename, { campaignId, name });
    await south.as.mutation(api.campaigns.create, { name });
    const names = (await as.query(api.campaigns.list, {})).map((each) => each.name);
    expect(names).toEqual(["General Leads", name]);
  });

  it("gets no new leads while it is archived, and keeps those it has", async () => {
    const { as, campaignId, leadId } = north;
    await as.mutation(api.campaigns.archive, { campaignId });
    await expect(nextOf(north)).rejects.toMatchObject({ data: { code: "CONFLICT" } });
    expect((await as.query(api.leads.get, { leadId })).campaignId).toBe(campaignId);
    await as.mutation(api.campaigns.restore, { campaignId });
    expect(await nextOf(north)).toBeUndefined();
  });

  it("cannot be archived when it is the one that takes leads without a campaign", async () => {
    const [first] = await north.as.query(api.campaigns.list, {});
    const before = await worldOf(t, north.tenantId, ["campaigns"]);
    const attempt = north.as.mutation(api.campaigns.archive, { campaignId: first!._id });
    await expect(attempt).rejects.toMatchObject({ data: { code: "CONFLICT" } });
    expect(await worldOf(t, north.tenantId, ["campaigns"])).toBe(before);
  });
});

describe("the audit trail of campaigns", () => {
  const linesOf = async ({ tenantId }: TestTenant) =>
    (await t.run(({ db }) => db.query("auditLog").collect()))
      .filter((line) => line.tenantId === tenantId && line.action.startsWith("campaign."))
      .map(({ action, subject, actor, changes }) => ({ action, subject, actor, changes }));

  it("says who changed what, from what to what, and nothing of what stayed", async () => {
    const { as, memberId, formToken } = north;
    const already = (await linesOf(north)).length;
    const southBefore = await linesOf(south);
    const campaignId = await as.mutation(api.campaigns.create, { name: "Home show" });
    const manager = north.asRole("Manager");
    const name = "Home show 2027";
    await manager.mutation(api.campaigns.rename, { campaignId, name });
    await manager.mutation(api.campaigns.rename, { campaignId, name });
    const assignment = "roundRobin" as const;
    const turns = { campaignId, assignment, memberIds: [memberId] };
    await manager.mutation(api.campaigns.setAssignment, turns);
    await manager.mutation(api.campaigns.setAssignment, turns);
    await manager.mutation(api.campaigns.openForm, { campaignId });
    await manager.mutation(api.campaigns.openForm, { campaignId });
    await manager.mutation(api.campaigns.rotateFormToken, { campaignId });
    await manager.mutation(api.campaigns.closeForm, { campaignId });
    await manager.mutation(api.campaigns.archive, { campaignId });
    await manager.mutation(api.campaigns.archive, { campaignId });
    await manager.mutation(api.campaigns.restore, { campaignId });

    const [created, ...changed] = (await linesOf(north)).slice(already);
    expect(created).toMatchObject({
      ...{ action: "campaign.created", subject: "Home show", changes: [] },
      actor: { name: "Ada north", role: "System Administrator" },
    });
    expect(new Set(changed.map(({ action }) => action))).toEqual(new Set(["campaign.changed"]));
    expect(changed.map(({ actor }) => "role" in actor && actor.role)).toEqual(
      changed.map(() => "Manager"),
    );
    expect(changed.map(({ subject, changes }) => [subject, ...changes])).toEqual([
      ["Home show", { field: "name", before: "Home show", after: name }],
      [
        name,
        { field: "leads are given out", before: "By hand", after: "In turn" },
        { field: "takes turns", before: "", after: "Ada north" },
      ],
      [name, { field: "form", before: "off", after: "on" }],
      [name, { field: "form's address", before: "old", after: "new" }],
      [name, { field: "form", before: "on", after: "off" }],
      [name, { field: "archived", before: "no", after: "yes" }],
      [name, { field: "archived", before: "yes", after: "no" }],
    ]);
    expect(await linesOf(south)).toEqual(southBefore);
    const all = JSON.stringify(await linesOf(north));
    const settings = await as.query(api.campaigns.settings, {});
    expect(settings.map((each) => each.formToken)).toContain(formToken);
    expect(all).not.toContain(formToken);
  });

  it("keeps no line of what was refused", async () => {
    const before = await linesOf(north);
    const { campaignId } = south;
    for (const attempt of [
      north.as.mutation(api.campaigns.rename, { campaignId, name: "Taken over" }),
      north.as.mutation(api.campaigns.rotateFormToken, { campaignId }),
      north.asRole("Sales").mutation(api.campaigns.create, { name: "Mine" }),
      north.as.mutation(api.campaigns.create, { name: "Fair of north" }),
    ]) {
      await expect(attempt).rejects.toThrow();
    }
    expect(await linesOf(north)).toEqual(before);
  });
});
