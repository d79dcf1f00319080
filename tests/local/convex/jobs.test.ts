import { anyApi as api } from "convex/server";
import { describe, expect, test } from "vitest";
import { startEngine, until, httpClient } from "./engine.ts";

async function start(dataDir?: string) {
  const engine = await startEngine(dataDir === undefined ? {} : { dataDir });
  const client = httpClient(engine.url);
  return {
    engine,
    client,
    runs: (label: string): Promise<number> => client.query(api.jobs!.runs!, { label }),
    state: (id: string): Promise<{ kind: string; error?: string }> =>
      client.query(api.jobs!.state!, { id }),
  };
}

describe("scheduled functions", () => {
  test("run once, when they are due", async () => {
    const { client, runs, state } = await start();
    const scheduled = Date.now();
    const id = await client.mutation(api.jobs!.schedule!, { label: "due", delay: 300 });
    expect(await state(id)).toEqual({ kind: "pending" });
    await until(async () => (await state(id)).kind === "success");
    expect(Date.now() - scheduled).toBeGreaterThanOrEqual(300);
    expect(await runs("due")).toBe(1);
  });

  test("are not scheduled by a mutation that fails", async () => {
    const { client, runs } = await start();
    await client.mutation(api.jobs!.scheduleThenFail!, { label: "never" }).catch(() => null);
    const id = await client.mutation(api.jobs!.schedule!, { label: "after", delay: 0 });
    await until(async () => (await runs("after")) === 1);
    expect(id).toBeTypeOf("string");
    expect(await runs("never")).toBe(0);
  });

  test("that fail say so, and their writes are undone", async () => {
    const { client, runs, state } = await start();
    const id = await client.mutation(api.jobs!.scheduleFailing!, { label: "fails" });
    const { error } = await until(async () => {
      const now = await state(id);
      return now.kind === "failed" && now;
    });
    expect(error).toContain("the job failed");
    expect(await runs("fails")).toBe(0);
  });

  test("can be cancelled before they run", async () => {
    const { client, runs, state } = await start();
    const id = await client.mutation(api.jobs!.schedule!, { label: "cancelled", delay: 200 });
    await client.mutation(api.jobs!.cancel!, { id });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await state(id)).toEqual({ kind: "canceled" });
    expect(await runs("cancelled")).toBe(0);
  });

  test("can be scheduled by actions", async () => {
    const { client, runs } = await start();
    await client.action(api.jobs!.scheduleFromAction!, { label: "from action" });
    await until(async () => (await runs("from action")) === 1);
  });

  test("that are due while the engine is off run after the next start, once", async () => {
    const before = await start();
    await before.client.mutation(api.jobs!.schedule!, { label: "later", delay: 200 });
    await before.engine.close();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const after = await start(before.engine.dataDir);
    await until(async () => (await after.runs("later")) === 1);
    await after.engine.close();
    const third = await start(before.engine.dataDir);
    expect(await third.runs("later")).toBe(1);
  });

  test("that are actions and were interrupted are failed and not run again", async () => {
    const before = await start();
    const id = await before.client.mutation(api.jobs!.scheduleSlow!, { label: "slow" });
    await until(async () => (await before.runs("slow")) === 1);
    expect(await before.state(id)).toEqual({ kind: "inProgress" });
    await before.engine.close();
    const after = await start(before.engine.dataDir);
    expect(await after.state(id)).toMatchObject({ kind: "failed" });
    expect(await after.runs("slow")).toBe(1);
  });
});

describe("cron jobs", () => {
  test("run at their interval", async () => {
    const { runs } = await start();
    await until(async () => (await runs("tick")) >= 3);
    expect(await runs("nightly")).toBe(0);
  });

  test("go on after a restart where they were", async () => {
    const before = await start();
    await until(async () => (await before.runs("tick")) === 1);
    await before.engine.close();
    const after = await start(before.engine.dataDir);
    // The next tick is due a second after the first, not at once.
    expect(await after.runs("tick")).toBeLessThanOrEqual(2);
    await until(async () => (await after.runs("tick")) >= 2);
  });
});
