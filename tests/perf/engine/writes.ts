/** Mutations in process: how many a second, and how long the event loop stood still meanwhile. */
import { report } from "../figures.ts";
import { startInProcess } from "./inProcess.ts";

const SECONDS = 4;
const AT_ONCE = 64;

export async function measureWrites(dataDir: string): Promise<void> {
  const engine = await startInProcess(dataDir);
  let written = 0;
  const write = async (until: number, name: string) => {
    while (performance.now() < until) {
      await engine.run("mutation", "notes:add", { owner: name, n: written++ });
    }
  };
  const perSecond = async (writers: number) => {
    written = 0;
    const began = performance.now();
    const until = began + SECONDS * 1000;
    await Promise.all(Array.from({ length: writers }, (_, i) => write(until, `writer ${i}`)));
    return (written * 1000) / (performance.now() - began);
  };
  try {
    await perSecond(1); // warm
    report("engine.mutations_per_s", await perSecond(1), "1/s");
    report(`engine.mutations_per_s_${AT_ONCE}_at_once`, await perSecond(AT_ONCE), "1/s");
    const stalls = watchStalls();
    const large = engine.run("mutation", "notes:addMany", { owner: "many", count: 10_000 });
    await Promise.all([large, perSecond(AT_ONCE)]);
    report("engine.max_stall_ms", stalls.stop(), "ms");
  } finally {
    await engine.close();
  }
}

/** The longest time between two turns of the event loop. */
function watchStalls() {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  return {
    stop() {
      clearInterval(timer);
      return longest;
    },
  };
}
