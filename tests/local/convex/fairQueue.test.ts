import { expect, test } from "vitest";
import { FairQueue } from "../../../local/convex/store/fairQueue.ts";

const queueOf = (shareOf: (lane: string) => number = () => 0) => {
  const queue = new FairQueue(shareOf);
  const done: string[] = [];
  const ask = (lane: string, name: string) =>
    queue.run(lane, async () => {
      await Promise.resolve();
      done.push(name);
    });
  return { queue, done, ask };
};

test("who asks for one thing waits for one of each other, however much those asked for before", async () => {
  const { queue, done, ask } = queueOf();
  for (let n = 0; n < 100; n++) void ask("north", `north ${n}`);
  for (let n = 0; n < 2; n++) void ask("south", `south ${n}`);
  void ask("east", "east 0");
  await queue.idle();
  expect(done.slice(0, 6)).toEqual([
    ...["north 0", "south 0", "east 0"],
    ...["north 1", "south 1", "north 2"],
  ]);
  expect(done).toHaveLength(103);
});

test("one thing runs at a time, each lane's in the order in which they were asked for", async () => {
  const { queue, done, ask } = queueOf();
  let running = 0;
  const alone = (lane: string) =>
    queue.run(lane, async () => {
      expect(++running).toBe(1);
      await Promise.resolve();
      running--;
    });
  await Promise.all([alone("a"), alone("b"), ask("a", "a 1"), alone("a"), ask("a", "a 2")]);
  expect(done).toEqual(["a 1", "a 2"]);
  expect(running).toBe(0);
});

test("a lane that comes back while others wait goes to the end of the line", async () => {
  const { queue, done, ask } = queueOf();
  const again = async () => {
    await ask("greedy", "greedy");
    if (done.filter((name) => name === "greedy").length < 3) await again();
  };
  const greedy = again();
  void ask("patient", "patient 0");
  void ask("patient", "patient 1");
  await greedy;
  await queue.idle();
  expect(done).toEqual(["greedy", "patient 0", "greedy", "patient 1", "greedy"]);
});

test("whoever had the least of the thread is next, although others asked before", async () => {
  const had: Record<string, number> = { north: 80, south: 0.5, east: 3 };
  const { queue, done, ask } = queueOf((lane) => had[lane] ?? 0);
  for (let n = 0; n < 3; n++) void ask("north", `north ${n}`);
  void ask("east", "east 0");
  void ask("south", "south 0");
  await queue.idle();
  expect(done).toEqual(["south 0", "east 0", "north 0", "north 1", "north 2"]);
});

test("a task that fails is its own asker's affair, and the next one runs", async () => {
  const { queue, done, ask } = queueOf();
  const failed = queue.run("north", () => Promise.reject(new Error("no")));
  const after = ask("north", "next");
  await expect(failed).rejects.toThrow("no");
  await after;
  await queue.idle();
  expect(done).toEqual(["next"]);
});
