/** Mutations that run again, as after a write conflict. */
import { anyApi as api } from "convex/server";
import { describe, expect, test } from "vitest";
import { connect, httpClient, startEngine } from "./engine.ts";

describe("a mutation that met a conflict", () => {
  test("runs again as if it had not run, and the log says so", async () => {
    const { url, logs } = await startEngine({ conflicts: 1 });
    const client = httpClient(url);
    const { runs } = await client.mutation(api.counters!.countRuns!, { name: "n" });
    expect(runs).toBe(4);
    expect(await client.query(api.counters!.get!, { name: "n" })).toBe(1);
    const executions = logs.filter(
      (event) =>
        event.topic === "function_execution" && event.function.path === "counters:countRuns",
    );
    expect(executions).toMatchObject([
      {
        status: "failure",
        will_retry: true,
        occ_info: { retry_count: 0 },
        mutation_retry_count: 0,
      },
      {
        status: "failure",
        will_retry: true,
        occ_info: { retry_count: 1 },
        mutation_retry_count: 1,
      },
      {
        status: "failure",
        will_retry: true,
        occ_info: { retry_count: 2 },
        mutation_retry_count: 2,
      },
      { status: "success", will_retry: false, occ_info: null, mutation_retry_count: 3 },
    ]);
  });

  test("is in the log once when it fails, for it has nothing that could conflict", async () => {
    const { url, logs } = await startEngine({ conflicts: 1 });
    const failing = httpClient(url).mutation(api.messages!.sendThenFail!, {
      channel: "a",
      how: "plain",
    });
    await expect(failing).rejects.toThrow();
    const executions = logs.filter(
      (event) =>
        event.topic === "function_execution" && event.function.path === "messages:sendThenFail",
    );
    expect(executions).toMatchObject([{ status: "failure", will_retry: false, occ_info: null }]);
  });

  test("schedules once, and one that fails leaves nothing", async () => {
    const { url } = await startEngine({ conflicts: 1 });
    const client = httpClient(url);
    await client.mutation(api.counters!.countRuns!, { name: "n" });
    expect(await client.query(api.jobs!.pendingCount!, {})).toBe(1);
    await client
      .mutation(api.messages!.sendThenFail!, { channel: "a", how: "plain" })
      .catch(() => undefined);
    expect(await client.query(api.messages!.count!, {})).toBe(0);
  });

  test("is seen once by those who watch", async () => {
    const { url } = await startEngine({ conflicts: 1 });
    const client = connect(url);
    const seen: unknown[] = [];
    client.onUpdate(api.messages!.bodies!, { channel: "a" }, (bodies) => seen.push(bodies));
    for (const body of ["x", "y"])
      await client.mutation(api.messages!.send!, { channel: "a", body });
    expect(seen.at(-1)).toEqual(["x", "y"]);
    expect(seen.length).toBeLessThanOrEqual(3);
  });
});
