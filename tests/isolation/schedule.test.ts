import { makeFunctionReference } from "convex/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PROBE } from "./probe.ts";
import { copyOf, rowOf, twoTenants } from "./twoTenants.ts";

/** Work that a tenant's function leaves for later is that tenant's, whatever it asks for. */

const world = twoTenants(PROBE);

// What a function schedules is looked at, and run by hand.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "Date"] }));
afterEach(() => void vi.useRealTimers());

const mutation = (name: string) => makeFunctionReference<"mutation">(`probe:${name}`);

/** The work that waits, without what signing up left. */
async function waiting() {
  const jobs = await world.t.run(({ db }) => db.system.query("_scheduled_functions").collect());
  return jobs.filter(({ name }) => name === "probe:change");
}

type Wish = { args: object; at?: number; thenFail?: boolean };

const schedulers = {
  "a member's mutation": (wish: Wish) =>
    world.north.as.mutation(mutation("scheduleAsMember"), wish),
  "a background mutation": (wish: Wish) =>
    world.t.mutation(mutation("scheduleInBackground"), {
      ...wish,
      tenantId: world.north.tenantId,
    }),
  "a tenant that the platform opened": (wish: Wish) =>
    world.t.mutation(mutation("scheduleInOpenedTenant"), {
      ...wish,
      opened: world.north.tenantId,
    }),
};

describe.each(Object.keys(schedulers) as (keyof typeof schedulers)[])("scheduled by %s", (by) => {
  const schedule = schedulers[by];

  it("work carries the own tenant, also when another one's is given", async () => {
    await schedule({ args: { table: "projects" } });
    await schedule({ args: { table: "projects", tenantId: world.south.tenantId } });
    await schedule({ args: { table: "projects", tenantId: world.south.tenantId }, at: Date.now() });
    const stamped = { table: "projects", tenantId: world.north.tenantId };
    expect((await waiting()).map(({ args }) => args)).toEqual([[stamped], [stamped], [stamped]]);
  });

  it("work runs when it is asked for", async () => {
    const now = Date.now();
    await schedule({ args: {} });
    await schedule({ args: {}, at: now + 5_000 });
    const times = (await waiting()).map(({ scheduledTime }) => scheduledTime - now);
    expect(times).toEqual([60_000, 5_000]);
  });

  it("work with another tenant's ids is refused when it runs, and changes nothing", async () => {
    await world.southUnchanged(async () => {
      const { _id: id, ...row } = await world.t.run(({ db }) => rowOf(db, "projects", world.south));
      const value = copyOf({ ...row, _id: id });
      await schedule({ args: { table: "projects", id, operation: "patch", value } });
      const [job] = await waiting();
      await expect(world.t.mutation(mutation("change"), job!.args[0])).rejects.toMatchObject({
        data: { code: "NOT_FOUND" },
      });
      expect(world.recorded()).toEqual([world.deniedLine("projects", "patch", id)]);
    });
  });

  it("work is not left behind by a mutation that fails", async () => {
    await expect(schedule({ args: {}, thenFail: true })).rejects.toThrow("after scheduling");
    expect(await waiting()).toEqual([]);
  });
});

describe("scheduled by the platform", () => {
  it("work carries the tenant that it was given", async () => {
    const args = { table: "projects", tenantId: world.south.tenantId };
    await world.t.mutation(mutation("scheduleAsPlatform"), { args });
    await world.t.mutation(mutation("scheduleAsPlatform"), { args, at: Date.now() });
    expect((await waiting()).map((job) => job.args)).toEqual([[args], [args]]);
  });
});
