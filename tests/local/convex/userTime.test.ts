import { anyApi as api } from "convex/server";
import { expect, test } from "vitest";
import { UserTime } from "../../../local/convex/runtime/userTime.ts";
import { httpClient, startEngine } from "./engine.ts";

test("the time in syscalls is not a function's own, however many are awaited at once", async () => {
  const time = new UserTime();
  const started = performance.now();
  const wait = () => time.during(new Promise((resolve) => setTimeout(resolve, 40)));
  await Promise.all([wait(), wait()]);
  await wait();
  const took = performance.now() - started;
  expect(time.of(took)).toBeLessThan(took - 70);
  time.addNested(30);
  expect(time.of(took)).toBeGreaterThanOrEqual(30);
  expect(time.of(took)).toBeLessThanOrEqual(took);
});

test("what a function computes is its own time, and that of whoever calls it", async () => {
  const { url, logs } = await startEngine();
  for (const nested of [false, true]) {
    await httpClient(url).mutation(api.runtime!.compute!, { nested });
  }
  const runs = logs.filter((event) => event.topic === "function_execution");
  const [alone, around] = runs.filter((run) => run.function.path === "runtime:compute");
  for (const run of [alone!, around!]) {
    expect(run.user_execution_time_ms).toBeGreaterThan(5);
    expect(run.user_execution_time_ms).toBeLessThanOrEqual(run.execution_time_ms);
  }
});
