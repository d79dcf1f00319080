import { expect, test } from "vitest";
import { breathe } from "../../../../local/convex/store/turns.ts";

function work(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end;);
}

test("many who have to wait get one turn each, with the event loop between them", async () => {
  // Longer than a turn may be, so that everyone after it has to wait.
  void breathe();
  work(10);
  const workers = Array.from({ length: 40 }, async () => {
    await breathe();
    work(5);
  });
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await Promise.all(workers);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(20);
});

test("who asks for little goes before the many things that somebody else asked for", async () => {
  const done: string[] = [];
  const ask = async (lane: string) => {
    await breathe(lane);
    work(3);
    done.push(lane);
  };
  await ask("busy");
  const busy = Array.from({ length: 10 }, () => ask("busy"));
  // A turn later, when the first of them have had theirs.
  await new Promise(setImmediate);
  const before = done.length;
  const quiet = ask("quiet");
  await quiet;
  expect(done.slice(before).indexOf("quiet")).toBeLessThan(2);
  await Promise.all(busy);
  expect(done).toHaveLength(12);
});

test("two who ask for as much get as much", async () => {
  const had = { north: 0, south: 0 };
  let over = false;
  const ask = async (lane: keyof typeof had) => {
    while (!over) {
      await breathe(lane);
      work(1);
      had[lane]++;
    }
  };
  const all = [ask("north"), ask("north"), ask("north"), ask("south")];
  await new Promise((resolve) => setTimeout(resolve, 400));
  over = true;
  await Promise.all(all);
  expect(had.south / had.north).toBeGreaterThan(0.5);
  expect(had.south / had.north).toBeLessThan(2);
});
