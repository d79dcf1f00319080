import { expect, test } from "vitest";
import { breathe } from "../../../../local/convex/store/turns.ts";

function work(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end;);
}

test("many who have to wait get one turn each, with the event loop between them", async () => {
  // Longer than a run may be, so that everyone after it has to wait.
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
